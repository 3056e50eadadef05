package explainrec.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Corpus BLEU without smoothing, on a scale of 0 to 1, as Hugging Face's {@code evaluate} and PETER
 * compute it (both by the script of TensorFlow NMT). It is not sacrebleu's score.
 *
 * <p>p_n is the number of n-grams of the hypotheses that are also in their references, each counted
 * at most as often as in one reference, divided by the number of all n-grams of the hypotheses.
 * With c tokens in all hypotheses and r in the shortest reference of each, BLEU = min(1, exp(1 - r
 * / c)) (p_1 ... p_N)^(1/N). Where a p_n is 0, BLEU is 0. The original divides by zero when all
 * hypotheses or all references are empty; here BLEU is 0 then.
 *
 * @param score BLEU, 0..1
 * @param precisions p_1 to p_N, (N)
 * @param brevityPenalty min(1, exp(1 - r / c)); 0 when c is 0
 * @param hypothesisLength c, in tokens
 * @param referenceLength r, in tokens
 */
public record Bleu(
    double score,
    double[] precisions,
    double brevityPenalty,
    long hypothesisLength,
    long referenceLength) {
  private static final int ORDER = 4; // of the papers' BLEU

  /**
   * BLEU-4 of texts over the tokens of {@link Tokenizer13a}, case kept: the {@code bleu} of {@code
   * evaluate}.
   *
   * @param references one reference for each hypothesis
   * @param hypotheses as many
   * @return the corpus score
   */
  public static Bleu ofTexts(List<String> references, List<String> hypotheses) {
    return of(
        references.stream().map(Tokenizer13a::tokenize).toList(),
        hypotheses.stream().map(Tokenizer13a::tokenize).toList(),
        4);
  }

  /**
   * BLEU-N of given tokens, one reference each.
   *
   * @param references tokens of each reference
   * @param hypotheses tokens of each hypothesis, as many
   * @param order N, at least 1
   * @return the corpus score
   */
  public static Bleu of(List<List<String>> references, List<List<String>> hypotheses, int order) {
    return ofMany(references.stream().map(List::of).toList(), hypotheses, order);
  }

  /**
   * BLEU-N of given tokens with one or more references each.
   *
   * @param references tokens of each reference of each hypothesis
   * @param hypotheses tokens of each hypothesis, as many
   * @param order N, at least 1
   * @return the corpus score
   */
  public static Bleu ofMany(
      List<List<List<String>>> references, List<List<String>> hypotheses, int order) {
    TextPairs.checkSizes(references, hypotheses);
    Counts total = new Counts(order);
    for (int n = 0; n < hypotheses.size(); n++) {
      total.add(Counts.of(references.get(n), hypotheses.get(n), order));
    }
    return total.bleu();
  }

  /**
   * What BLEU-4 of a corpus is summed from, of one pair of texts over {@link Tokenizer13a}.
   *
   * @param reference the real text
   * @param hypothesis the generated one
   * @return matches of 1 to 4 words, possible matches of 1 to 4 words, length of the hypothesis,
   *     length of the reference; (10)
   */
  public static int[] counts(String reference, String hypothesis) {
    return counts(Tokenizer13a.tokenize(reference), Tokenizer13a.tokenize(hypothesis));
  }

  /**
   * What BLEU-4 of a corpus is summed from, of one pair of given words.
   *
   * @param reference words of the real text
   * @param hypothesis words of the generated one
   * @return as {@link #counts(String, String)}, (10)
   */
  public static int[] counts(List<String> reference, List<String> hypothesis) {
    Counts counts = Counts.of(List.of(reference), hypothesis, ORDER);
    int[] all = new int[2 * ORDER + 2];
    for (int n = 0; n < ORDER; n++) {
      all[n] = (int) counts.matches[n];
      all[ORDER + n] = (int) counts.possible[n];
    }
    all[2 * ORDER] = (int) counts.hypothesisLength;
    all[2 * ORDER + 1] = (int) counts.referenceLength;
    return all;
  }

  /**
   * Corpus BLEU from the counts of its pairs, added up.
   *
   * @param sums for order N: matches of 1 to N words, possible matches of 1 to N words, tokens of
   *     all hypotheses, tokens of all references; (2N + 2), N at least 1
   * @return the corpus score
   */
  public static Bleu ofSums(long[] sums) {
    int order = (sums.length - 2) / 2;
    if (order < 1 || sums.length != 2 * order + 2) {
      throw new IllegalArgumentException(sums.length + " sums; BLEU-N is made from 2N + 2");
    }
    Counts total = new Counts(order);
    System.arraycopy(sums, 0, total.matches, 0, order);
    System.arraycopy(sums, order, total.possible, 0, order);
    total.hypothesisLength = sums[2 * order];
    total.referenceLength = sums[2 * order + 1];
    return total.bleu();
  }

  /** What BLEU is computed from; counts of pairs add up to those of a corpus. */
  static final class Counts {
    private final long[] matches;
    private final long[] possible;
    private long hypothesisLength;
    private long referenceLength;

    Counts(int order) {
      if (order < 1) {
        throw new IllegalArgumentException("BLEU of order " + order + "; it is at least 1");
      }
      matches = new long[order];
      possible = new long[order];
    }

    /** The counts of one hypothesis and its references. */
    static Counts of(List<List<String>> references, List<String> hypothesis, int order) {
      Counts counts = new Counts(order);
      counts.hypothesisLength = hypothesis.size();
      counts.referenceLength =
          references.stream().mapToInt(List::size).min().orElseThrow(TextPairs::noReference);
      List<List<String>> lists = new ArrayList<>(references);
      lists.add(hypothesis);
      NGrams grams = NGrams.of(lists);
      for (int n = 0; n < order; n++) {
        if (n > 0) {
          grams = grams.longer();
        }
        counts.matches[n] = grams.clippedMatches();
        counts.possible[n] = Math.max(0, hypothesis.size() - n);
      }
      return counts;
    }

    /** Adds the counts of other pairs. */
    void add(Counts other) {
      for (int n = 0; n < matches.length; n++) {
        matches[n] += other.matches[n];
        possible[n] += other.possible[n];
      }
      hypothesisLength += other.hypothesisLength;
      referenceLength += other.referenceLength;
    }

    /** The score of all pairs that were added. */
    Bleu bleu() {
      double[] precisions = new double[matches.length];
      double logSum = 0;
      boolean zero = hypothesisLength == 0 || referenceLength == 0;
      for (int n = 0; n < precisions.length; n++) {
        precisions[n] = possible[n] == 0 ? 0 : (double) matches[n] / possible[n];
        zero |= precisions[n] == 0;
        logSum += Math.log(precisions[n]) / precisions.length;
      }
      double penalty = penalty();
      double score = zero ? 0 : Math.exp(logSum) * penalty;
      return new Bleu(score, precisions, penalty, hypothesisLength, referenceLength);
    }

    private double penalty() {
      if (hypothesisLength == 0) {
        return 0;
      }
      return Math.min(1, Math.exp(1 - (double) referenceLength / hypothesisLength));
    }
  }
}
