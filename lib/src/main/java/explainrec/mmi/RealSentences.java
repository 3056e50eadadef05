package explainrec.mmi;

import explainrec.text.ExplainedSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What encoder and estimators first learn from: the explanations of some rows, and the other
 * sentences of the same reviews, which go with the same rating. One statement tells little of the
 * rating, so a few thousand of them are soon learnt by heart; a review has several.
 *
 * @param texts words with blanks between, lower case, (N)
 * @param ratings class of the review's rating, (N)
 * @param features number of the feature, -1 for none and for the other sentences, (N)
 */
record RealSentences(List<String> texts, int[] ratings, int[] features) {
  private static final Pattern END = Pattern.compile("[.!?;]+(\\s+|$)");
  private static final Pattern MARKS = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");
  private static final int FEWEST_WORDS = 3;
  private static final int MOST_OTHERS = 8; // sentences of a review besides its explanation

  /**
   * Collects sentences.
   *
   * @param data explained
   * @param rows all with an explanation
   * @return the explanations in the rows' order, then the others
   */
  static RealSentences of(ExplainedSplit data, int[] rows) {
    int[] ratings = RatingClasses.of(data, rows);
    List<String> texts = new ArrayList<>();
    List<Integer> others = new ArrayList<>(); // ratings
    Arrays.stream(rows).forEach(row -> texts.add(data.explanations().get(row).text()));
    for (int n = 0; n < rows.length; n++) {
      int taken = 0;
      for (String sentence : END.split(data.reviews().text(rows[n]))) {
        List<String> words = words(sentence);
        String text = String.join(" ", words);
        if (words.size() >= FEWEST_WORDS && taken < MOST_OTHERS && !text.equals(texts.get(n))) {
          texts.add(text);
          others.add(ratings[n]);
          taken++;
        }
      }
    }
    int[] allRatings = Arrays.copyOf(ratings, texts.size());
    int[] features = new int[texts.size()];
    Arrays.fill(features, -1);
    for (int n = 0; n < texts.size(); n++) {
      if (n < rows.length) {
        features[n] = data.featureOf()[rows[n]];
      } else {
        allRatings[n] = others.get(n - rows.length);
      }
    }
    return new RealSentences(texts, allRatings, features);
  }

  /** Lower case, without marks at their ends, as the words of explanations are. */
  private static List<String> words(String sentence) {
    List<String> words = new ArrayList<>();
    for (String token : sentence.toLowerCase(Locale.ROOT).split("\\s+")) {
      String word = MARKS.matcher(token).replaceAll("");
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /** N. */
  int size() {
    return texts.size();
  }
}
