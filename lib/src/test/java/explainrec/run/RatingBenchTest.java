package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.Split;
import explainrec.elixir.RatingSettings;
import explainrec.nn.SmallSplit;
import org.junit.jupiter.api.Test;

/** What the bench measures and exports; not how fast. */
final class RatingBenchTest {
  private static final Split SPLIT = SmallSplit.grid(5, 10, 2);
  private static final RatingBench BENCH =
      new RatingBench(
          SPLIT,
          new RatingSettings("full", 4, 0.1, "none", "auto", 0.01, 16, 1, 0),
          Device.cpu(),
          1);

  @Test
  void trainingHasOneEntryAnEpoch() {
    RatingBench.Training training = BENCH.train(3, line -> {});
    assertEquals(3, training.byEpoch().length);
    assertEquals(3, training.validationRmse().length);
    assertEquals(3, training.validationAspectRmse().length);
    assertTrue(training.examplesPerSecond() > 0);
    double[] again = BENCH.train(3, line -> {}).validationRmse();
    assertArrayEquals(training.validationRmse(), again);
  }

  @Test
  void operationsAreThoseOfTheProducts() {
    RatingBench.Step step = BENCH.step();
    // d = 4, A = 2: phi of both sides 2 * 2 * 2 * 16 = 128, attention 2 * 3 * 16 = 96,
    // heads 3 * (2 * 16 + 4) = 108; 2 operations each, 3 passes, 16 rows
    assertEquals((128 + 96 + 108) * 2 * 3 * 16 / 1e9, step.productGflop(), 1e-12);
    for (double part : new double[] {step.forward(), step.backward(), step.optimizer()}) {
      assertTrue(part > 0 && part < step.step(), step.toString());
    }
  }

  @Test
  void theExportHoldsEveryTrainAndValidationRow() {
    JsonNode json = new ObjectMapper().valueToTree(BENCH.export());
    assertEquals(5, json.get("users").asInt());
    assertEquals(10, json.get("items").asInt());
    assertEquals(2, json.get("aspects").asInt());
    for (String part : new String[] {"train", "validation"}) {
      int[] rows = part.equals("train") ? SPLIT.train() : SPLIT.validation();
      JsonNode columns = json.get(part);
      assertEquals(rows.length, columns.get("user").size());
      for (int n = 0; n < rows.length; n++) {
        assertEquals(SPLIT.data().user(rows[n]), columns.get("user").get(n).asInt());
        assertEquals(SPLIT.data().item(rows[n]), columns.get("item").get(n).asInt());
        assertEquals(SPLIT.data().overall(rows[n]), columns.get("overall").get(n).floatValue());
        JsonNode aspects = columns.get("aspects").get(n);
        assertEquals(2, aspects.size());
        assertEquals(SPLIT.data().aspect(rows[n], 1), aspects.get(1).floatValue());
      }
    }
  }
}
