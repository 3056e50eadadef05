package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PretrainingTest {
  private static final List<String> SUBJECTS = List.of("the room", "the staff", "breakfast");
  private static final List<String> WORDS = List.of("great", "clean", "poor", "slow", "late");
  private static final PretrainingData DATA = data("hash");

  @TempDir private Path home;

  /** Stands for a process that dies. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static PretrainingData data(String hash) {
    List<String> texts = new ArrayList<>();
    for (String subject : SUBJECTS) {
      for (String word : WORDS) {
        texts.add(subject + " was " + word + ".");
      }
    }
    return new PretrainingData("small", hash, texts.subList(0, 12), texts.subList(12, 15));
  }

  private static MiniSettings settings(int spanEpochs, int lmEpochs) {
    return new MiniSettings(256, 16, 2, 32, 1, 64, "keywords", spanEpochs, lmEpochs, 4, 3e-3);
  }

  private static Function<String, List<TrainingListener>> silent() {
    return phase -> List.of();
  }

  private Path run(String name, MiniSettings settings, long seed) {
    return Pretraining.run(
        DATA, settings, Device.cpu(), seed, home.resolve(name), "code", silent());
  }

  private static byte[] weights(Path folder) throws IOException {
    return Files.readAllBytes(folder.resolve("model.safetensors"));
  }

  @Test
  void theFolderIsALanguageModelWithItsCardAndNothingElse() throws IOException {
    Path folder = run("mini", settings(1, 2), 1);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          Set.of("config.json", "model.safetensors", "t5-mini.json", "tokenizer.json"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(List.of(folder), files.toList());
    }
    try (LanguageModel model = LanguageModel.open(folder);
        NDManager manager = NDManager.newBaseManager()) {
      NDArray prompt = manager.zeros(new Shape(2, 5, 16));
      int[][] texts =
          new Generator(model.t5(), model.frozen(manager), GenerationSettings.greedy(10))
              .generate(prompt, null, 1);
      assertArrayEquals(texts[0], texts[1]);
      assertEquals(16, model.t5().config().width());
    }
    MiniCard card = MiniCard.read(folder);
    assertEquals("t5-mini, pre-trained by the kit on small's train split", card.label());
    assertEquals(
        List.of(Pretraining.SPANS, Pretraining.LANGUAGE_MODEL),
        card.phases().stream().map(MiniCard.Phase::name).toList());
    assertEquals(1, card.phases().get(0).epochs().size());
    assertEquals(settings(1, 2), card.settings());
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherOthers() throws IOException {
    byte[] first = weights(run("a", settings(1, 1), 1));
    assertArrayEquals(first, weights(run("b", settings(1, 1), 1)));
    assertFalse(Arrays.equals(first, weights(run("c", settings(1, 1), 2))));
  }

  @ParameterizedTest
  @CsvSource({"spans, 1", "spans, 2", "language model, 1", "language model, 2"})
  void killedAndStartedAgainItEndsWithTheSameWeights(String phase, int epoch) throws IOException {
    byte[] whole = weights(run("whole", settings(2, 3), 1));
    TrainingListener kill =
        new TrainingListener() {
          @Override
          public void onEpoch(TrainingState state) {
            if (state.epochs().size() == epoch) {
              throw new Killed();
            }
          }
        };
    Path folder = home.resolve("killed");
    assertThrows(
        Killed.class,
        () ->
            Pretraining.run(
                DATA,
                settings(2, 3),
                Device.cpu(),
                1,
                folder,
                "code",
                running -> running.equals(phase) ? List.of(kill) : List.of()));
    assertFalse(Files.exists(folder), "a folder must not appear before it is whole");
    Set<Integer> trained = new TreeSet<>();
    TrainingListener watch =
        new TrainingListener() {
          @Override
          public void onStep(TrainingState state) {
            trained.add(state.epoch());
          }
        };
    Pretraining.run(
        DATA,
        settings(2, 3),
        Device.cpu(),
        1,
        folder,
        "code",
        running -> running.equals(phase) ? List.of(watch) : List.of());
    assertArrayEquals(whole, weights(folder));
    assertFalse(trained.contains(epoch), "a finished epoch was trained again");
  }

  @Test
  void theSameModelIsFoundAgainAndAnotherReplacesIt() throws IOException {
    Path folder = run("mini", settings(0, 1), 1);
    Files.writeString(folder.resolve("mark"), "not made anew");
    run("mini", settings(0, 1), 1);
    assertTrue(Files.exists(folder.resolve("mark")));
    run("mini", settings(0, 1), 2);
    assertFalse(Files.exists(folder.resolve("mark")));
    Files.writeString(folder.resolve("mark"), "not made anew");
    Pretraining.run(data("other"), settings(0, 1), Device.cpu(), 2, folder, "code", silent());
    assertFalse(Files.exists(folder.resolve("mark")));
    Files.writeString(folder.resolve("t5-mini.json"), "{");
    Pretraining.run(data("other"), settings(0, 1), Device.cpu(), 2, folder, "code", silent());
    assertEquals("other", MiniCard.read(folder).dataHash());
  }

  @Test
  void dataWithoutTextsIsRefused() {
    PretrainingData empty = new PretrainingData("bare", "hash", List.of("", " "), List.of(""));
    InputException problem =
        assertThrows(
            InputException.class,
            () ->
                Pretraining.run(
                    empty,
                    settings(1, 1),
                    Device.cpu(),
                    1,
                    home.resolve("mini"),
                    "code",
                    silent()));
    assertTrue(problem.getMessage().startsWith("bare: no train review has a text"));
    InputException heads =
        assertThrows(
            InputException.class,
            () -> new MiniSettings(256, 16, 3, 32, 1, 64, "keywords", 1, 1, 4, 1e-3));
    assertTrue(heads.getMessage().contains("miniHeads = 3"));
  }
}
