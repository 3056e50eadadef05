package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.data.World;
import explainrec.elixir.ElixirRatings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rating run leaves about aspects, on a world of 300 reviews. */
final class AspectViewsTest {
  @TempDir private static Path home;

  private static Session session() {
    Map<String, String> small = new LinkedHashMap<>();
    small.put("worldUsers", "40");
    small.put("worldItems", "20");
    small.put("worldReviews", "300");
    small.put("width", "6");
    small.put("maxEpochs", "1");
    return Session.open(
        small,
        Map.of(
            "EXPLAINREC_HOME",
            home.toString(),
            "EXPLAINREC_PROFILE",
            "smoke",
            "EXPLAINREC_DEVICE",
            "cpu"));
  }

  private static RatingRun run(RatingModel model) {
    Session session = session();
    return new RatingRun(session, session.prepare(Progress.SILENT), model, session.seed());
  }

  private static AspectResult read(RatingRun run) throws IOException {
    return RunJson.mapper()
        .readValue(run.folder().resolve(AspectViews.FILE).toFile(), AspectResult.class);
  }

  @Test
  void elixirLeavesAttentionVectorsPairsAndTheTruth() throws IOException {
    RatingRun run = run(RatingModel.ELIXIR);
    RunResult result = run.run();
    AspectResult left = read(run);
    Session session = session();
    Prepared prepared = session.prepare(Progress.SILENT);
    int aspects = result.data().aspects().size();
    float[][][] alpha;
    float[][][] vectors;
    try (ElixirRatings elixir = run.open()) {
      alpha = elixir.attention(left.users().numbers(), new int[left.users().numbers().length]);
      vectors = elixir.aspectVectors(left.vectors().users());
    }
    assertEquals(result.data().users(), left.users().numbers().length);
    assertArrayEquals(alpha[0][3], left.users().attention()[3], 1e-4f);
    double[] truth =
        ((World) session.source())
            .truth()
            .importance(prepared.interactions().users().get(left.users().numbers()[3]));
    assertEquals(truth[2], left.users().truth()[3][2], 1e-4);
    assertEquals(aspects, left.vectors().components().length);
    // Six values wide: six components keep every distance between two vectors.
    assertEquals(
        distance(vectors[0][1], vectors[1][4]),
        distance(left.vectors().components()[0][1], left.vectors().components()[1][4]),
        2e-3);
    AspectResult.Pair pair = left.pairs().get(1);
    assertEquals(prepared.interactions().user(pair.row()), pair.user());
    assertEquals(prepared.interactions().overall(pair.row()), pair.overallTruth());
    assertFalse(Files.readString(run.folder().resolve(AspectViews.FILE)).contains("guest-"));
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void aModelWithoutAttentionLeavesVectorsAlone() throws IOException {
    RatingRun run = run(RatingModel.ELIXIR_NO_ATTENTION);
    run.run();
    AspectResult left = read(run);
    assertNull(left.users());
    assertNull(left.pairs().get(0).userAttention());
    assertTrue(left.vectors().shares()[0] > 0);
  }

  @Test
  void aModelWithoutAspectVectorsLeavesNothing() {
    RatingRun run = run(RatingModel.ELIXIR_NO_GLOBAL);
    run.run();
    assertFalse(Files.exists(run.folder().resolve(AspectViews.FILE)));
  }

  @Test
  void samplesAreEvenlySpaced() {
    assertArrayEquals(new int[] {0, 1, 2}, AspectViews.spaced(3, 10));
    assertArrayEquals(new int[] {0, 2, 5, 7}, AspectViews.spaced(10, 4));
  }
}
