package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import explainrec.nn.Checkpoint;
import explainrec.nn.Optimization;
import explainrec.nn.Trainer;
import explainrec.t5.PretrainingData;
import explainrec.text.ExplainedSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A small GPT-2 below PEPLER, and what tests of it share. */
abstract class PeplerCase {
  static final ExplainedSplit DATA = SmallExplained.toLearnByHeart(SmallExplained.grid(4, 6));

  @TempDir static Path home;
  static Gpt2Model model; // without dropout, so that few texts are soon known by heart

  @BeforeAll
  static void makeAGpt2() throws IOException {
    List<String> texts =
        Arrays.stream(DATA.split().train()).mapToObj(row -> text(DATA, row)).toList();
    Path folder =
        new Gpt2Pretraining(
                new PretrainingData("small", "hash", texts, texts),
                new Gpt2MiniSettings(256, 16, 2, 1, 16, "keywords", 3, 4, 3e-3),
                Device.cpu(),
                1,
                "code")
            .run(home.resolve("gpt"), List.of());
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("pdrop\" : 0.1", "pdrop\" : 0"));
    model = Gpt2Model.open(folder);
    assertEquals(0, model.gpt2().config().dropout());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  static String text(ExplainedSplit data, int row) {
    return String.join(" ", data.explanations().get(row).words());
  }

  static PeplerSettings settings(String tuning, String rating) {
    return new PeplerSettings("mini", tuning, rating, 5, 1, 0.1, 0.01, 8, 3, 0, 12);
  }

  static Pepler make(String tuning, String rating, long seed) {
    return new Pepler(DATA, settings(tuning, rating), model, Device.cpu(), seed);
  }

  static Requests train() {
    return Requests.of(DATA, DATA.split().train());
  }

  static int[][] real(Pepler generator) {
    return Arrays.stream(DATA.split().train())
        .mapToObj(row -> generator.sequence(DATA.explanations().get(row).words()))
        .toArray(int[][]::new);
  }

  static Trainer.Outcome learn(Pepler generator, int epochs) {
    return new StagedTraining(generator, DATA, 8, Optimization.adam(0.01), epochs, 1)
        .train((stage, before) -> List.of(), stage -> Checkpoint.NONE);
  }

  /** (N L) */
  static float[] logs(Pepler generator, Requests requests, int[][] sequences) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return generator
          .logProbabilities(generator.parameters().frozen(), requests, sequences)
          .toFloatArray();
    }
  }

  static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  static Map<String, float[]> values(Pepler generator) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      generator
          .parameters()
          .frozen()
          .all()
          .forEach((name, array) -> values.put(name, array.toFloatArray()));
    }
    return values;
  }

  /** Of the ratings' errors. */
  static double rootMeanSquare(Pepler generator) {
    float[] ratings = generator.ratings(generator.parameters().frozen(), train());
    double square = 0;
    for (int n = 0; n < ratings.length; n++) {
      square += Math.pow(ratings[n] - train().ratings()[n], 2) / ratings.length;
    }
    return Math.sqrt(square);
  }
}
