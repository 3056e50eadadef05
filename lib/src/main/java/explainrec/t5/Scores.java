package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Choices among the scores of a vocabulary; a row of a batch is a range of an array. */
final class Scores {
  private Scores() {}

  /**
   * Makes words less likely that stand in a text already (Keskar et al. 2019).
   *
   * @param scores of the next word, (B, V)
   * @param texts ids written so far, a row each, all of one length
   * @param penalty positive scores are divided by it, negative ones multiplied; 1 for none
   * @return (B, V)
   */
  static NDArray penalize(NDArray scores, int[][] texts, double penalty) {
    if (penalty == 1) {
      return scores;
    }
    NDManager manager = scores.getManager();
    long[] ids = Arrays.stream(texts).flatMapToInt(Arrays::stream).asLongStream().toArray();
    NDArray index = manager.create(ids, new Shape(texts.length, texts[0].length)); // (B, t)
    NDArray found = scores.gather(index, 1); // (B, t)
    NDArray by = manager.create((float) penalty);
    NDArray less = NDArrays.where(found.lt(0f), found.mul(by), found.div(by)); // (B, t)
    return scores.scatter(index, less, 1);
  }

  /**
   * The largest scores, by a heap whose root is the smallest of those kept.
   *
   * @param scores of one or several rows
   * @param from first index
   * @param to index after the last
   * @param count how many; fewer when there are fewer
   * @return their indices, largest first, among equals the first index first
   */
  static int[] top(float[] scores, int from, int to, int count) {
    int[] heap = IntStream.range(from, from + Math.min(count, to - from)).toArray();
    for (int n = heap.length / 2 - 1; n >= 0; n--) {
      sink(scores, heap, n, heap.length);
    }
    for (int n = from + heap.length; n < to; n++) {
      if (scores[n] > scores[heap[0]]) {
        heap[0] = n;
        sink(scores, heap, 0, heap.length);
      }
    }
    for (int last = heap.length - 1; last > 0; last--) {
      int smallest = heap[0];
      heap[0] = heap[last];
      heap[last] = smallest;
      sink(scores, heap, 0, last);
    }
    return heap;
  }

  private static void sink(float[] scores, int[] heap, int at, int size) {
    int node = at;
    for (int child = 2 * node + 1; child < size; child = 2 * node + 1) {
      if (child + 1 < size && worse(scores, heap[child + 1], heap[child])) {
        child++;
      }
      if (!worse(scores, heap[child], heap[node])) {
        return;
      }
      int moved = heap[child];
      heap[child] = heap[node];
      heap[node] = moved;
      node = child;
    }
  }

  private static boolean worse(float[] scores, int one, int other) {
    return scores[one] < scores[other] || (scores[one] == scores[other] && one > other);
  }

  /**
   * Words that may be drawn.
   *
   * @param ids likeliest first
   * @param probabilities of each, summing to 1
   */
  record Narrowed(int[] ids, double[] probabilities) {
    int draw(SplittableRandom random) {
      double left = random.nextDouble();
      for (int n = 0; n < ids.length; n++) {
        left -= probabilities[n];
        if (left < 0) {
          return ids[n];
        }
      }
      return ids[0]; // rounding left a sum just below 1
    }
  }

  /**
   * Draws from a whole distribution.
   *
   * @param probabilities of one or several rows, each summing to 1
   * @param from where the row starts
   * @param to where it ends
   * @param random draws one number
   * @return a place in the row; rounding never leads to one whose probability is 0
   */
  static int draw(float[] probabilities, int from, int to, SplittableRandom random) {
    double left = random.nextDouble();
    int possible = from;
    for (int n = from; n < to; n++) {
      if (probabilities[n] > 0) {
        left -= probabilities[n];
        possible = n;
        if (left < 0) {
          break;
        }
      }
    }
    return possible - from;
  }

  /**
   * Narrows a distribution: temperature, then top-k, then top-p.
   *
   * @param scores not normalised
   * @param from where the row starts
   * @param to where it ends
   * @param settings of the narrowing
   * @return what is left
   */
  static Narrowed narrow(float[] scores, int from, int to, GenerationSettings settings) {
    int most = settings.topK() > 0 ? Math.min(settings.topK(), to - from) : to - from;
    double max = max(scores, from, to);
    double all = 0; // of what top-k leaves; for a given k known only after the selection
    if (settings.topK() == 0) {
      for (int n = from; n < to; n++) {
        all += Math.exp((scores[n] - max) / settings.temperature());
      }
    }
    // Few words usually hold topP: look at more only when they do not.
    int tried = settings.topK() > 0 || settings.topP() >= 1 ? most : Math.min(most, 64);
    while (true) {
      int[] ids = top(scores, from, to, tried);
      double[] weights =
          Arrays.stream(ids)
              .mapToDouble(n -> Math.exp((scores[n] - max) / settings.temperature()))
              .toArray();
      double total = settings.topK() > 0 ? Arrays.stream(weights).sum() : all;
      int kept = reaching(weights, settings.topP() * total);
      if (kept < ids.length || tried == most) {
        double sum = Arrays.stream(weights, 0, kept).sum();
        return new Narrowed(
            Arrays.stream(ids, 0, kept).map(n -> n - from).toArray(),
            Arrays.stream(weights, 0, kept).map(w -> w / sum).toArray());
      }
      tried = Math.min(most, 8 * tried);
    }
  }

  /** How many of the first weights reach a sum; all when even they do not, and at least one. */
  private static int reaching(double[] weights, double sum) {
    double so = 0;
    for (int n = 0; n < weights.length; n++) {
      so += weights[n];
      if (so >= sum) {
        return n + 1;
      }
    }
    return weights.length;
  }

  private static double max(float[] scores, int from, int to) {
    double max = Double.NEGATIVE_INFINITY;
    for (int n = from; n < to; n++) {
      max = Math.max(max, scores[n]);
    }
    return max;
  }
}
