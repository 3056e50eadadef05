package explainrec.run;

import explainrec.data.Interactions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Written reviews as a file. */
final class WrittenReviews {
  private WrittenReviews() {}

  static void write(Path file, Interactions data, int[] rows, List<String> written) {
    List<WrittenReview> reviews = new ArrayList<>();
    for (int n = 0; n < rows.length; n++) {
      reviews.add(
          new WrittenReview(
              rows[n],
              data.users().get(data.user(rows[n])),
              data.items().get(data.item(rows[n])),
              data.text(rows[n]),
              written.get(n)));
    }
    JsonLines.write(file, reviews);
  }

  static List<WrittenReview> read(Path file) {
    return JsonLines.read(file, WrittenReview.class);
  }
}
