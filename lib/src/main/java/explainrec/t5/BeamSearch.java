package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Beam search, step for step as transformers does it: of every text's beams times words the 2 n
 * likeliest are looked at; those among the first n that end are finished, the first n that do not
 * end go on.
 *
 * <p>A text begins with one beam, and leaves when nothing it may still write can win.
 */
final class BeamSearch {
  private final T5 t5;
  private final Weights weights;
  private final GenerationSettings settings;

  BeamSearch(T5 t5, Weights weights, GenerationSettings settings) {
    this.t5 = t5;
    this.weights = weights;
    this.settings = settings;
  }

  /**
   * Writes.
   *
   * @param cache of the batch, a row a text
   * @param longest text of each row in tokens
   * @return ids of each text's best beam
   */
  int[][] search(DecoderCache cache, int[] longest) {
    List<Search> all = new ArrayList<>();
    for (int most : longest) {
      all.add(new Search(most));
    }
    List<Search> open = all;
    while (!open.isEmpty()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        List<Beam> beams = open.stream().flatMap(s -> s.running.stream()).toList();
        int[] last = beams.stream().mapToInt(Beam::last).toArray();
        int[][] texts = beams.stream().map(Beam::ids).toArray(int[][]::new);
        NDArray logs = t5.step(weights, cache, last).logSoftmax(1); // (rows, V)
        float[] scores = Scores.penalize(logs, texts, settings.repetitionPenalty()).toFloatArray();
        int row = 0;
        for (Search search : open) {
          int rows = search.running.size();
          search.advance(scores, row);
          row += rows;
        }
        open = open.stream().filter(search -> !search.done).toList();
        if (!open.isEmpty()) {
          cache.select(
              open.stream().flatMap(s -> s.running.stream()).mapToInt(Beam::row).toArray());
        }
      }
    }
    return all.stream().map(Search::best).toArray(int[][]::new);
  }

  /**
   * A text's beginning.
   *
   * @param ids the start id first
   * @param score sum of log-probabilities; of a finished one divided by its length to a power
   * @param row of the batch that it continues
   */
  private record Beam(int[] ids, float score, int row) {
    int last() {
      return ids[ids.length - 1];
    }

    Beam add(int id, float total) {
      int[] longer = Arrays.copyOf(ids, ids.length + 1);
      longer[ids.length] = id;
      return new Beam(longer, total, row);
    }
  }

  /** The search for one text. */
  private final class Search {
    private List<Beam> running = List.of(new Beam(new int[] {t5.config().start()}, 0, 0));
    private List<Beam> finished = new ArrayList<>(); // best first
    private final int longest;
    private boolean done;

    Search(int longest) {
      this.longest = longest;
    }

    void advance(float[] scores, int firstRow) {
      List<Beam> next = new ArrayList<>();
      List<Beam> candidates = candidates(scores, firstRow);
      for (int rank = 0; rank < candidates.size(); rank++) {
        Beam beam = candidates.get(rank);
        int length = beam.ids().length - 1;
        if (beam.last() == t5.config().end() || length == longest) {
          if (rank < settings.beams()) {
            finish(beam, length);
          }
        } else if (next.size() < settings.beams()) {
          next.add(beam);
        }
      }
      running = next;
      done = running.isEmpty() || !canImprove();
    }

    private List<Beam> candidates(float[] scores, int firstRow) {
      int vocabulary = t5.config().vocabulary();
      int from = firstRow * vocabulary;
      int to = from + running.size() * vocabulary;
      for (int n = 0; n < running.size(); n++) {
        Beam beam = running.get(n);
        int start = from + n * vocabulary;
        for (int i = start; i < start + vocabulary; i++) {
          scores[i] += beam.score();
        }
      }
      List<Beam> best = new ArrayList<>();
      for (int index : Scores.top(scores, from, to, 2 * settings.beams())) {
        Beam past = running.get((index - from) / vocabulary);
        int row = index / vocabulary;
        best.add(new Beam(past.ids(), 0, row).add((index - from) % vocabulary, scores[index]));
      }
      return best;
    }

    private void finish(Beam beam, int length) {
      finished.add(new Beam(beam.ids(), perLength(beam.score(), length), 0));
    }

    private boolean canImprove() {
      finished.sort(Comparator.comparingDouble(beam -> -beam.score()));
      if (finished.size() < settings.beams()) {
        return true;
      }
      finished = new ArrayList<>(finished.subList(0, settings.beams()));
      Beam first = running.get(0);
      float possible = perLength(first.score(), first.ids().length - 1);
      return !settings.earlyStopping() && possible > finished.get(settings.beams() - 1).score();
    }

    private float perLength(float score, int length) {
      return score / (float) Math.pow(length, settings.lengthPenalty());
    }

    int[] best() {
      Beam best = finished.stream().max(Comparator.comparingDouble(Beam::score)).orElseThrow();
      return Arrays.copyOfRange(best.ids(), 1, best.ids().length);
    }
  }
}
