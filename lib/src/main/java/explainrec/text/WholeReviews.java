package explainrec.text;

import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.Split;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Whole reviews in the place of short explanations, so that generators of explanations write
 * reviews: the same split, the same rows and the same cleaned texts, none left out and no feature.
 */
public final class WholeReviews {
  private WholeReviews() {}

  /**
   * The reviews of a split as what is to be written.
   *
   * @param split train, validation and test rows
   * @param how reviews become words
   * @return the same split, with every review in words
   * @throws InputException when a review has no words
   */
  public static ExplainedSplit of(Split split, ReviewWords how) {
    Interactions data = split.data();
    Explanation[] reviews = new Explanation[data.size()];
    for (int[] rows : new int[][] {split.train(), split.validation(), split.test()}) {
      for (int row : rows) {
        List<String> words = how.split(data.text(row));
        if (words.isEmpty()) {
          throw new InputException(
              data.name()
                  + ": the review of user "
                  + data.users().get(data.user(row))
                  + " on item "
                  + data.items().get(data.item(row))
                  + " has no words; leave such rows out of the data");
        }
        reviews[row] = new Explanation("", "", words, 0);
      }
    }
    int[] none = new int[reviews.length];
    Arrays.fill(none, -1);
    String hash = "whole reviews, " + how + "\n" + split.hash();
    return new ExplainedSplit(
        split,
        data,
        List.of(),
        none,
        Arrays.asList(reviews),
        DigestUtils.sha256Hex(hash.getBytes(StandardCharsets.UTF_8)));
  }
}
