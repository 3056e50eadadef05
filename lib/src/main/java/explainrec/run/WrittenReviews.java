package explainrec.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import explainrec.data.AtomicFiles;
import explainrec.data.InputException;
import explainrec.data.Interactions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Written reviews as a file, one JSON object a line. */
final class WrittenReviews {
  private WrittenReviews() {}

  static void write(Path file, Interactions data, int[] rows, List<String> written) {
    AtomicFiles.write(
        file,
        out -> {
          for (int n = 0; n < rows.length; n++) {
            WrittenReview review =
                new WrittenReview(
                    rows[n],
                    data.users().get(data.user(rows[n])),
                    data.items().get(data.item(rows[n])),
                    data.text(rows[n]),
                    written.get(n));
            out.write(RunJson.mapper().writeValueAsBytes(review));
            out.write('\n');
          }
        });
  }

  static List<WrittenReview> read(Path file) {
    List<WrittenReview> reviews = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        reviews.add(RunJson.mapper().readValue(line, WrittenReview.class));
      }
    } catch (JsonProcessingException e) {
      throw new InputException(
          file + ":" + (reviews.size() + 1) + ": not whole JSON; run the model again", e);
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be read; texts stay on the machine that wrote them: run the model", e);
    }
    return reviews;
  }
}
