package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.elixir.ElixirRatings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviews that rate nothing but the whole. */
final class WithoutAspectsTest {
  @TempDir private Path folder;

  @Test
  void theBaselinesPredictOverallRatingsAlone() throws IOException {
    Session session = session();
    Prepared prepared = session.prepare(Progress.SILENT);
    for (RatingModel model :
        List.of(RatingModel.AVERAGE, RatingModel.BIAS, RatingModel.MF, RatingModel.ANR)) {
      RunResult result = new RatingRun(session, prepared, model, 1).run();
      assertEquals(0, result.test().aspects().length);
      assertEquals(result.data().test(), result.test().overall().length);
    }
  }

  @Test
  void elixirSaysThatItNeedsAspects() throws IOException {
    Session session = session();
    Prepared prepared = session.prepare(Progress.SILENT);
    for (RatingModel model : new RatingModel[] {RatingModel.ELIXIR, RatingModel.ELIXIR_NO_GLOBAL}) {
      InputException e =
          assertThrows(
              InputException.class, () -> new RatingRun(session, prepared, model, 1).run());
      assertEquals(1, e.getMessage().lines().count());
      assertTrue(e.getMessage().contains("aspect"), e.getMessage());
    }
  }

  @Test
  void theAblationWithoutAspectsNeedsNone() throws IOException {
    Session session = session();
    Prepared prepared = session.prepare(Progress.SILENT);
    RunResult result = new RatingRun(session, prepared, RatingModel.ELIXIR_NO_ASPECTS, 1).run();
    assertEquals(0, result.test().aspects().length);
    assertTrue(Double.isNaN(result.epochs().get(0).aspectLoss()));
    assertEquals("-Aspects", result.title());
    try (ElixirRatings elixir =
        new RatingRun(session, prepared, RatingModel.ELIXIR_NO_ASPECTS, 1).open()) {
      assertEquals(1, elixir.predict(new int[] {0}, new int[] {1}).length);
    }
  }

  private Session session() throws IOException {
    StringBuilder csv = new StringBuilder("who,what,stars,words\n");
    for (int row = 0; row < 100; row++) {
      int user = row / 10;
      int item = row % 10;
      csv.append("u%d,i%d,%d,review %d of it\n".formatted(user, item, 1 + (user + item) % 5, row));
    }
    Path file = Files.writeString(folder.resolve("plain.csv"), csv);
    Files.writeString(
        folder.resolve("plain.csv.yaml"),
        """
        name: plain
        format: csv
        user: who
        item: what
        text: words
        overall: {column: stars, scale: [1, 5]}
        aspects: {}
        """);
    return Session.open(
        Map.of("language", "any", "width", "4"),
        Map.of(
            "EXPLAINREC_HOME",
            folder.toString(),
            "EXPLAINREC_PROFILE",
            "smoke",
            "EXPLAINREC_DEVICE",
            "cpu",
            "EXPLAINREC_DATA",
            file.toString()));
  }
}
