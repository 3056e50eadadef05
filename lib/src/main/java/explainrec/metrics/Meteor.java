package explainrec.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * METEOR of one text pair, on a scale of 0 to 1, as nltk's {@code single_meteor_score} computes it.
 *
 * <p>Words are matched one to one in three stages: equal words, equal {@linkplain PorterStemmer
 * stems}, and synonyms in WordNet 3.0. Each stage takes the hypothesis's words from the last to the
 * first, and for each the last free word of the reference. Words that the second stage leaves
 * unmatched stay stems, so the third looks up stems. With m matches, P = m / (words of the
 * hypothesis) and R = m / (words of the reference), F = PR / (0.9 P + 0.1 R); with c runs of
 * matches that are neighbours in both texts, METEOR = F (1 - 0.5 (c / m)^3). It is 0 without a
 * match.
 */
public final class Meteor {
  private static final double ALPHA = 0.9;
  private static final double BETA = 3;
  private static final double GAMMA = 0.5;
  private static final int FREE = -1;

  private Meteor() {}

  /**
   * Scores texts split by {@link WordTokenizer}, as {@code evaluate} does.
   *
   * @param reference any text
   * @param hypothesis any text
   * @return METEOR, 0..1
   */
  public static double of(String reference, String hypothesis) {
    return ofWords(WordTokenizer.tokenize(reference), WordTokenizer.tokenize(hypothesis));
  }

  /**
   * Scores words.
   *
   * @param reference words of the reference; their case does not count
   * @param hypothesis words of the hypothesis
   * @return METEOR, 0..1
   */
  public static double ofWords(List<String> reference, List<String> hypothesis) {
    String[] r = lowerCase(reference);
    String[] h = lowerCase(hypothesis);
    int[] matchOf = align(r, h);
    int matches = 0;
    int runs = 0;
    int before = -2;
    int beforeMatch = -2;
    for (int i = 0; i < h.length; i++) {
      if (matchOf[i] == FREE) {
        continue;
      }
      matches++;
      runs += i == before + 1 && matchOf[i] == beforeMatch + 1 ? 0 : 1;
      before = i;
      beforeMatch = matchOf[i];
    }
    if (matches == 0) {
      return 0;
    }
    double precision = (double) matches / h.length;
    double recall = (double) matches / r.length;
    double f = precision * recall / (ALPHA * precision + (1 - ALPHA) * recall);
    return f * (1 - GAMMA * Math.pow((double) runs / matches, BETA));
  }

  /**
   * For each word of the hypothesis the place of its match in the reference, or FREE. Unmatched
   * words of both become stems.
   */
  private static int[] align(String[] reference, String[] hypothesis) {
    int[] matchOf = new int[hypothesis.length];
    Arrays.fill(matchOf, FREE);
    boolean[] taken = new boolean[reference.length];
    Map<String, Integer> numbers = new HashMap<>(4 * (reference.length + hypothesis.length));
    int[] r = numbers(reference, numbers);
    int[] h = numbers(hypothesis, numbers);
    match(matchOf, taken, i -> j -> h[i] == r[j]);
    for (int i = 0; i < hypothesis.length; i++) {
      if (matchOf[i] == FREE) {
        hypothesis[i] = PorterStemmer.stem(hypothesis[i]);
      }
    }
    for (int j = 0; j < reference.length; j++) {
      if (!taken[j]) {
        reference[j] = PorterStemmer.stem(reference[j]);
      }
    }
    int[] rStems = numbers(reference, numbers);
    int[] hStems = numbers(hypothesis, numbers);
    match(matchOf, taken, i -> j -> hStems[i] == rStems[j]);
    match(
        matchOf,
        taken,
        i -> {
          Set<String> synonyms = Synonyms.of(hypothesis[i]);
          return synonyms.isEmpty() ? null : j -> synonyms.contains(reference[j]);
        });
    return matchOf;
  }

  /** Numbers of words: equal ones for equal words. */
  private static int[] numbers(String[] words, Map<String, Integer> numbers) {
    int[] found = new int[words.length];
    for (int i = 0; i < words.length; i++) {
      Integer fresh = numbers.size();
      Integer known = numbers.putIfAbsent(words[i], fresh);
      found[i] = known == null ? fresh : known;
    }
    return found;
  }

  /**
   * One stage.
   *
   * @param fits for the place of a word in the hypothesis, which places in the reference match it;
   *     null for none
   */
  private static void match(int[] matchOf, boolean[] taken, IntFunction<IntPredicate> fits) {
    for (int i = matchOf.length - 1; i >= 0; i--) {
      if (matchOf[i] != FREE) {
        continue;
      }
      IntPredicate fitsHere = fits.apply(i);
      int from = fitsHere == null ? -1 : taken.length - 1;
      for (int j = from; j >= 0 && matchOf[i] == FREE; j--) {
        if (!taken[j] && fitsHere.test(j)) {
          matchOf[i] = j;
          taken[j] = true;
        }
      }
    }
  }

  private static String[] lowerCase(List<String> words) {
    return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toArray(String[]::new);
  }
}
