package explainrec.metrics;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text metrics of PETER and the papers after it, MMI's among them. Texts are lists of words,
 * split at spaces and cut beforehand (to 15 words in these papers).
 *
 * <p>None of them compares with a metric of the same name in {@link TextMetrics}: ROUGE here counts
 * each n-gram once, and BLEU here splits no punctuation off.
 *
 * @param bleu1 {@link Bleu} of order 1, times 100
 * @param bleu4 {@link Bleu} of order 4, times 100
 * @param rouge1 mean over pairs of {@link #rougeN} of order 1, times 100
 * @param rouge2 the same of order 2
 * @param rougeL mean over pairs of {@link #rougeL}, times 100
 * @param usr unique sentence ratio: different explanations / explanations, 0..1
 * @param div feature diversity: mean over pairs of explanations of the number of features that both
 *     contain; less is more diverse; NaN below two explanations
 * @param fcr feature coverage ratio: features in any explanation / features in the data, 0..1
 * @param fmr feature matching ratio: share of explanations that contain their target, 0..1
 */
public record PeterMetrics(
    double bleu1,
    double bleu4,
    double rouge1,
    double rouge2,
    double rougeL,
    double usr,
    double div,
    double fcr,
    double fmr) {

  /**
   * Computes all of them.
   *
   * @param references words of each real explanation, N
   * @param hypotheses words of each generated explanation, N
   * @param targets the feature that each explanation should be about, one word each, N
   * @param features all features of the data set, one word each
   * @return the metrics; with N = 0 the means and ratios are NaN and BLEU is 0
   */
  public static PeterMetrics of(
      List<List<String>> references,
      List<List<String>> hypotheses,
      List<String> targets,
      Collection<String> features) {
    TextPairs.checkSizes(references, hypotheses);
    TextPairs.checkSizes(targets, hypotheses);
    int size = hypotheses.size();
    double[][] rouge = new double[3][size];
    for (int n = 0; n < size; n++) {
      rouge[0][n] = 100 * rougeN(references.get(n), hypotheses.get(n), 1);
      rouge[1][n] = 100 * rougeN(references.get(n), hypotheses.get(n), 2);
      rouge[2][n] = 100 * rougeL(references.get(n), hypotheses.get(n));
    }
    Set<String> all = new HashSet<>(features);
    Map<String, Integer> counts = featureCounts(hypotheses, all);
    return new PeterMetrics(
        100 * Bleu.of(references, hypotheses, 1).score(),
        100 * Bleu.of(references, hypotheses, 4).score(),
        Statistics.mean(rouge[0]),
        Statistics.mean(rouge[1]),
        Statistics.mean(rouge[2]),
        (double) new HashSet<>(hypotheses).size() / size,
        diversity(counts.values().stream().mapToLong(count -> count).toArray(), size),
        (double) counts.size() / all.size(),
        (double) matching(hypotheses, targets, all) / size);
  }

  /**
   * ROUGE-N of one pair on sets of n-grams: with m n-grams in both, P = m / (different n-grams of
   * the hypothesis), R = m / (those of the reference), F = 2PR / (P + R + 1e-8).
   *
   * @param reference words of the real explanation
   * @param hypothesis words of the generated one; no words count as one empty word
   * @param n order, at least 1
   * @return F, 0..1
   */
  public static double rougeN(List<String> reference, List<String> hypothesis, int n) {
    NGrams grams = NGrams.of(List.of(orEmptyWord(reference), orEmptyWord(hypothesis)));
    for (int order = 1; order < n; order++) {
      grams = grams.longer();
    }
    int[] inReference = grams.counts(0);
    int[] inHypothesis = grams.counts(1);
    int referenceSize = 0;
    int hypothesisSize = 0;
    int both = 0;
    for (int g = 0; g < grams.distinct(); g++) {
      referenceSize += inReference[g] > 0 ? 1 : 0;
      hypothesisSize += inHypothesis[g] > 0 ? 1 : 0;
      both += inReference[g] > 0 && inHypothesis[g] > 0 ? 1 : 0;
    }
    double precision = hypothesisSize == 0 ? 0 : (double) both / hypothesisSize;
    double recall = referenceSize == 0 ? 0 : (double) both / referenceSize;
    return 2 * precision * recall / (precision + recall + 1e-8);
  }

  /**
   * ROUGE-L of one pair: with P and R from the longest common subsequence of all words and beta = P
   * / (R + 1e-12), F = (1 + beta^2) R P / (R + beta^2 P + 1e-12).
   *
   * @param reference words of the real explanation
   * @param hypothesis words of the generated one; no words count as one empty word
   * @return F, 0..1
   */
  public static double rougeL(List<String> reference, List<String> hypothesis) {
    int[][] words = NGrams.of(List.of(orEmptyWord(reference), orEmptyWord(hypothesis))).grams();
    double common = Subsequences.length(words[0], words[1]);
    double recall = common / words[0].length;
    double precision = common / words[1].length;
    double beta = precision / (recall + 1e-12);
    double square = beta * beta;
    return (1 + square) * recall * precision / (recall + square * precision + 1e-12);
  }

  // Splitting an empty line at spaces gives one empty word in the original.
  private static List<String> orEmptyWord(List<String> words) {
    return words.isEmpty() ? List.of("") : words;
  }

  /** In how many explanations each feature is; features in none are left out. */
  private static Map<String, Integer> featureCounts(
      List<List<String>> hypotheses, Set<String> features) {
    Map<String, Integer> counts = new HashMap<>();
    for (List<String> words : hypotheses) {
      for (String word : new HashSet<>(words)) {
        if (features.contains(word)) {
          counts.merge(word, 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  /**
   * A feature in n_f explanations is shared by C(n_f, 2) pairs of them, so no pair has to be looked
   * at: DIV = sum over features of C(n_f, 2) / C(N, 2).
   */
  static double diversity(long[] counts, double size) {
    double shared = 0;
    for (double count : counts) {
      shared += count * (count - 1) / 2;
    }
    return shared / (size * (size - 1) / 2);
  }

  private static int matching(
      List<List<String>> hypotheses, List<String> targets, Set<String> features) {
    int matching = 0;
    for (int n = 0; n < targets.size(); n++) {
      String target = targets.get(n);
      if (features.contains(target) && hypotheses.get(n).contains(target)) {
        matching++;
      }
    }
    return matching;
  }
}
