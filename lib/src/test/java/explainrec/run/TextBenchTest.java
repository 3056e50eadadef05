package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import explainrec.nn.Parameters;
import explainrec.t5.T5Config;
import explainrec.t5.T5Weights;
import explainrec.text.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the bench measures what it says; how fast things are is no matter for a test. */
final class TextBenchTest {
  private static final String CONFIG =
      """
      {"model_type": "t5", "d_model": 4, "d_kv": 2, "d_ff": 8, "num_layers": 1, "num_heads": 2,
       "vocab_size": 30002}
      """;

  @TempDir private Path folder;

  private TextBench bench() throws IOException {
    Files.writeString(folder.resolve("config.json"), CONFIG);
    T5Config config = T5Config.read(folder.resolve("config.json"));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters weights = T5Weights.random(manager, Device.cpu(), config, 7)) {
      weights.save(folder.resolve("model.safetensors"));
    }
    Safetensors.write(
        folder.resolve("prompt.safetensors"),
        Map.of("prompt", new long[] {32, 3, 4}),
        (from, part, count) -> Arrays.fill(part, 0.5f));
    int[] lengths = IntStream.range(0, 100).map(n -> 2 + n % 50).toArray();
    return new TextBench(folder, lengths, Device.cpu(), 3);
  }

  @Test
  void batchesHoldReviewsOfSimilarLengthInAnyOrder() throws IOException {
    int[][] batches = bench().batches(25, 4);
    assertEquals(25, batches.length);
    int[] all = Arrays.stream(batches).flatMapToInt(Arrays::stream).sorted().toArray();
    assertArrayEquals(IntStream.range(0, 100).map(n -> 2 + n / 2).toArray(), all);
    for (int[] batch : batches) {
      assertTrue(batch[3] - batch[0] <= 2, Arrays.toString(batch));
    }
    assertTrue(batches[0][0] != 2 || batches[1][0] != 4, "shuffled");
  }

  @Test
  void tuningCountsTheStepsAfterTheWarmUp() throws IOException {
    TextBench bench = bench();
    List<Integer> heard = new ArrayList<>();
    TextBench.Training training =
        bench.train(bench.batches(4, 2), 1, TextBench.light(2), heard::add);
    assertEquals(List.of(1, 2, 3, 4), heard);
    assertEquals(3, training.steps());
    assertTrue(training.reviewsPerSecond() > 0);
    assertTrue(training.tokensPerSecond() >= 2 * training.reviewsPerSecond());
  }

  @Test
  void textsAreNoLongerThanTheirLimits() throws IOException {
    TextBench bench = bench();
    int[] longest = bench.realLengths();
    assertEquals(32, longest.length);
    int[][] ids = bench.write(longest, 1).ids();
    for (int n = 0; n < longest.length; n++) {
      int[] text = ids[n];
      assertTrue(text.length == longest[n] || text[text.length - 1] == 1);
    }
  }
}
