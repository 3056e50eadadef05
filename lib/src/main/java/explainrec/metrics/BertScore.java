package explainrec.metrics;

import explainrec.text.TokenEncoder;
import explainrec.text.TokenVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * BERTScore (T. Zhang et al., 2020) without idf weights and without rescaling, as the authors'
 * {@code bert_score} computes it. With another encoder it is another metric, so the encoder is part
 * of its name.
 *
 * <p>Every token of the hypothesis is matched with the reference's token of the greatest cosine
 * similarity; P is the mean over the hypothesis's tokens, R the same over the reference's, F1 = 2PR
 * / (P + R). The marks of beginning and end can be matched, but do not count in the means. A pair
 * in which a text has no tokens gets 0.
 *
 * <p>The original matches in batches, where padding raises a negative best similarity to 0; here
 * pairs do not depend on each other.
 *
 * @param precision P of each pair, (N)
 * @param recall R of each pair, (N)
 * @param f1 F1 of each pair, (N)
 * @param encoder the name of the encoder, and in brackets its hash
 */
public record BertScore(double[] precision, double[] recall, double[] f1, String encoder) {
  private static final int CHUNK = 512; // pairs whose token vectors are in memory together

  /** P, R and F1 of one pair. */
  private record Pair(double precision, double recall, double f1) {
    static final Pair NONE = new Pair(0, 0, 0);
  }

  /**
   * Scores generated texts. Each distinct text is encoded once.
   *
   * @param encoder of the tokens
   * @param references the real texts, N
   * @param hypotheses the generated ones, N
   * @return P, R and F1 of each pair
   */
  public static BertScore of(
      TokenEncoder encoder, List<String> references, List<String> hypotheses) {
    TextPairs.checkSizes(references, hypotheses);
    List<String> real = references.stream().map(TextPairs::strip).toList();
    List<String> generated = hypotheses.stream().map(TextPairs::strip).toList();
    int[] order = order(generated);
    Map<String, Integer> uses = new HashMap<>();
    for (int n : order) {
      uses.merge(real.get(n), 1, Integer::sum);
      uses.merge(generated.get(n), 1, Integer::sum);
    }
    Pair[] pairs = new Pair[order.length];
    Map<String, Unit> encoded = new HashMap<>();
    for (int from = 0; from < order.length; from += CHUNK) {
      int[] chunk = Arrays.copyOfRange(order, from, Math.min(order.length, from + CHUNK));
      encode(encoder, chunk, real, generated, encoded);
      IntStream.of(chunk)
          .parallel()
          .forEach(n -> pairs[n] = pair(encoded.get(real.get(n)), encoded.get(generated.get(n))));
      for (int n : chunk) {
        release(real.get(n), uses, encoded);
        release(generated.get(n), uses, encoded);
      }
    }
    return new BertScore(
        Arrays.stream(pairs).mapToDouble(Pair::precision).toArray(),
        Arrays.stream(pairs).mapToDouble(Pair::recall).toArray(),
        Arrays.stream(pairs).mapToDouble(Pair::f1).toArray(),
        encoder.name() + " (" + encoder.hash() + ")");
  }

  /** Pairs with the same hypothesis side by side: models repeat themselves, reviewers do not. */
  private static int[] order(List<String> hypotheses) {
    Map<String, Integer> first = new HashMap<>();
    for (int n = 0; n < hypotheses.size(); n++) {
      first.putIfAbsent(hypotheses.get(n), n);
    }
    return IntStream.range(0, hypotheses.size())
        .boxed()
        .sorted(Comparator.comparing(n -> first.get(hypotheses.get(n))))
        .mapToInt(n -> n)
        .toArray();
  }

  private static void encode(
      TokenEncoder encoder,
      int[] chunk,
      List<String> references,
      List<String> hypotheses,
      Map<String, Unit> encoded) {
    LinkedHashSet<String> missing = new LinkedHashSet<>();
    for (int n : chunk) {
      missing.add(references.get(n));
      missing.add(hypotheses.get(n));
    }
    missing.removeIf(encoded::containsKey);
    List<String> texts = new ArrayList<>(missing);
    List<TokenVectors> vectors = encoder.encode(texts);
    for (int n = 0; n < texts.size(); n++) {
      encoded.put(texts.get(n), Unit.of(vectors.get(n), encoder.width()));
    }
  }

  /** Forgets a text after its last pair. */
  private static void release(String text, Map<String, Integer> uses, Map<String, Unit> encoded) {
    if (uses.merge(text, -1, Integer::sum) == 0) {
      encoded.remove(text);
    }
  }

  /**
   * A text's token vectors at length 1.
   *
   * @param columns value k of every token, one k after the other, (d, T)
   * @param counts which tokens count, (T)
   */
  private record Unit(float[][] columns, boolean[] counts) {
    static Unit of(TokenVectors tokens, int width) {
      float[] values = tokens.values();
      float[][] columns = new float[width][tokens.size()];
      for (int t = 0; t < tokens.size(); t++) {
        double square = 0;
        for (int k = 0; k < width; k++) {
          square += (double) values[t * width + k] * values[t * width + k];
        }
        double length = Math.sqrt(square);
        for (int k = 0; k < width; k++) {
          columns[k][t] = (float) (values[t * width + k] / length);
        }
      }
      return new Unit(columns, tokens.counts());
    }

    /** Whether there is nothing but the two marks. */
    boolean isEmpty() {
      return counts.length <= 2;
    }

    /** Mean over the tokens that count; 0 when none does. */
    double mean(float[] best) {
      double sum = 0;
      int many = 0;
      for (int t = 0; t < best.length; t++) {
        if (counts[t]) {
          sum += best[t];
          many++;
        }
      }
      return many == 0 ? 0 : sum / many;
    }
  }

  private static Pair pair(Unit reference, Unit hypothesis) {
    if (reference.isEmpty() || hypothesis.isEmpty()) {
      return Pair.NONE;
    }
    float[] bestOfHypothesis = new float[hypothesis.counts.length];
    float[] bestOfReference = new float[reference.counts.length];
    Arrays.fill(bestOfHypothesis, Float.NEGATIVE_INFINITY);
    Arrays.fill(bestOfReference, Float.NEGATIVE_INFINITY);
    float[] cosines = new float[reference.counts.length]; // of one token with all of the reference
    for (int i = 0; i < bestOfHypothesis.length; i++) {
      Arrays.fill(cosines, 0);
      for (int k = 0; k < reference.columns.length; k++) {
        float value = hypothesis.columns[k][i];
        float[] column = reference.columns[k];
        for (int j = 0; j < cosines.length; j++) {
          cosines[j] += value * column[j];
        }
      }
      for (int j = 0; j < cosines.length; j++) {
        bestOfHypothesis[i] = Math.max(bestOfHypothesis[i], cosines[j]);
        bestOfReference[j] = Math.max(bestOfReference[j], cosines[j]);
      }
    }
    double precision = hypothesis.mean(bestOfHypothesis);
    double recall = reference.mean(bestOfReference);
    double sum = precision + recall;
    return new Pair(precision, recall, sum == 0 ? 0 : 2 * precision * recall / sum);
  }

  /**
   * The metric's name, which says what it was made with.
   *
   * @return for instance {@code BERTScore(roberta-large, layer 17 (0123456789ab))}
   */
  public String name() {
    return "BERTScore(" + encoder + ")";
  }

  /**
   * The corpus's precision.
   *
   * @return mean P over pairs; NaN without pairs
   */
  public double meanPrecision() {
    return Statistics.mean(precision);
  }

  /**
   * The corpus's recall.
   *
   * @return mean R over pairs; NaN without pairs
   */
  public double meanRecall() {
    return Statistics.mean(recall);
  }

  /**
   * The corpus's F1, which papers print.
   *
   * @return mean F1 over pairs; NaN without pairs
   */
  public double meanF1() {
    return Statistics.mean(f1);
  }
}
