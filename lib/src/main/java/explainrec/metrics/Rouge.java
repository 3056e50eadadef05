package explainrec.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * ROUGE F1 of one text pair, on a scale of 0 to 1, as Google's {@code rouge_score} computes it
 * without a stemmer.
 *
 * <p>Texts are lower-cased and every character outside a-z and 0-9 separates words. With m matches,
 * P = m / (number in the hypothesis), R = m / (number in the reference), F1 = 2PR / (P + R), and 0
 * where nothing matches.
 *
 * @param rouge1 matches are words, each counted at most as often as in the other text
 * @param rouge2 the same of pairs of neighbouring words
 * @param rougeL m is the length of the longest common subsequence of words
 * @param rougeLsum sentences end at line breaks: m is the size of the union, over the hypothesis's
 *     sentences, of their longest common subsequences with each sentence of the reference, no word
 *     counted more often than either text has it
 */
public record Rouge(double rouge1, double rouge2, double rougeL, double rougeLsum) {

  /**
   * Scores one pair.
   *
   * @param reference any text
   * @param hypothesis any text
   * @return the four scores; all 0 when a text has no words
   */
  public static Rouge of(String reference, String hypothesis) {
    List<List<String>> sentences = new ArrayList<>();
    int referenceSentences = addSentences(reference, sentences);
    addSentences(hypothesis, sentences);
    NGrams bySentence = NGrams.of(sentences);
    int[][] r = Arrays.copyOfRange(bySentence.grams(), 0, referenceSentences);
    int[][] h = Arrays.copyOfRange(bySentence.grams(), referenceSentences, sentences.size());

    // A line break separates words too, so the sentences' words are the text's.
    NGrams words = new NGrams(new int[][] {joined(r), joined(h)}, bySentence.distinct());
    int inReference = words.grams()[0].length;
    int inHypothesis = words.grams()[1].length;
    int common = Subsequences.length(words.grams()[0], words.grams()[1]);
    return new Rouge(
        f1(words.clippedMatches(), inReference, inHypothesis),
        f1(words.longer().clippedMatches(), inReference - 1, inHypothesis - 1),
        f1(common, inReference, inHypothesis),
        f1(unionMatches(r, h, words), inReference, inHypothesis));
  }

  /**
   * Plain means over pairs. The original averages bootstrap samples of a global random state
   * instead.
   *
   * @param pairs scores of each pair
   * @return the mean of each score; NaN without pairs
   */
  public static Rouge mean(List<Rouge> pairs) {
    return new Rouge(
        Statistics.mean(pairs.stream().mapToDouble(Rouge::rouge1).toArray()),
        Statistics.mean(pairs.stream().mapToDouble(Rouge::rouge2).toArray()),
        Statistics.mean(pairs.stream().mapToDouble(Rouge::rougeL).toArray()),
        Statistics.mean(pairs.stream().mapToDouble(Rouge::rougeLsum).toArray()));
  }

  private static int addSentences(String text, List<List<String>> sentences) {
    int before = sentences.size();
    for (String line : text.split("\n")) {
      List<String> words = words(line.toLowerCase(Locale.ROOT));
      if (!words.isEmpty()) {
        sentences.add(words);
      }
    }
    return sentences.size() - before;
  }

  /** Runs of a-z and 0-9. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      boolean inside = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      }
    }
    return words;
  }

  private static int[] joined(int[][] sentences) {
    return Arrays.stream(sentences).flatMapToInt(IntStream::of).toArray();
  }

  private static int unionMatches(int[][] reference, int[][] hypothesis, NGrams words) {
    int[] leftInReference = words.counts(0);
    int[] leftInHypothesis = words.counts(1);
    int matches = 0;
    for (int[] sentence : reference) {
      BitSet union = new BitSet(sentence.length);
      for (int[] other : hypothesis) {
        Subsequences.mark(sentence, other, union);
      }
      for (int i = union.nextSetBit(0); i >= 0; i = union.nextSetBit(i + 1)) {
        int word = sentence[i];
        if (leftInReference[word] > 0 && leftInHypothesis[word] > 0) {
          leftInReference[word]--;
          leftInHypothesis[word]--;
          matches++;
        }
      }
    }
    return matches;
  }

  private static double f1(int matches, int inReference, int inHypothesis) {
    if (matches == 0) {
      return 0;
    }
    double precision = (double) matches / inHypothesis;
    double recall = (double) matches / inReference;
    return 2 * precision * recall / (precision + recall);
  }
}
