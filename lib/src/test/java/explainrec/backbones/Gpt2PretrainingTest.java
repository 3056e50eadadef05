package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import explainrec.data.InputException;
import explainrec.nn.TrainingListener;
import explainrec.nn.TrainingState;
import explainrec.t5.MiniCard;
import explainrec.t5.PretrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Gpt2PretrainingTest {
  private static final PretrainingData DATA = data();

  @TempDir private Path home;

  private static PretrainingData data() {
    List<String> texts = new ArrayList<>();
    for (String subject : List.of("the room", "the staff", "breakfast")) {
      for (String word : List.of("great", "clean", "poor", "slow", "late")) {
        texts.add(subject + " was " + word + ".");
      }
    }
    return new PretrainingData("small", "hash", texts.subList(0, 12), texts.subList(12, 15));
  }

  private static Gpt2MiniSettings settings(String objective, int epochs) {
    return new Gpt2MiniSettings(256, 16, 2, 1, 32, objective, epochs, 4, 3e-3);
  }

  private Path run(String name, String objective, int epochs, long seed) {
    return new Gpt2Pretraining(DATA, settings(objective, epochs), Device.cpu(), seed, "code")
        .run(home.resolve(name), List.of());
  }

  private static byte[] weights(Path folder) throws IOException {
    return Files.readAllBytes(folder.resolve("model.safetensors"));
  }

  @Test
  void theFolderIsAGpt2WithItsCardAndNothingElse() throws IOException {
    Path folder = run("mini", "keywords", 2, 1);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          Set.of("config.json", "model.safetensors", "gpt2-mini.json", "tokenizer.json"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
    try (Gpt2Model model = Gpt2Model.open(folder)) {
      assertEquals(64, model.gpt2().config().positions());
      assertEquals(
          "the room was great.", model.decode(model.encode(List.of("the room was great.")).get(0)));
      assertEquals(Gpt2Card.read(folder).parameters(), model.parameters());
    }
    Gpt2Card card = Gpt2Card.read(folder);
    assertEquals("gpt2-mini, trained by the kit on small's train split", card.label());
    assertEquals(List.of(1, 2), card.epochs().stream().map(MiniCard.Epoch::epoch).toList());
  }

  @Test
  void itLearnsToWriteWithHintsAndWithout() {
    for (String objective : List.of("keywords", "text")) {
      List<MiniCard.Epoch> epochs = Gpt2Card.read(run(objective, objective, 20, 1)).epochs();
      double last = epochs.stream().mapToDouble(MiniCard.Epoch::validation).min().orElseThrow();
      assertTrue(last < 0.8 * epochs.get(0).validation(), objective + " " + epochs);
    }
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherOthers() throws IOException {
    byte[] first = weights(run("a", "keywords", 1, 1));
    assertArrayEquals(first, weights(run("b", "keywords", 1, 1)));
    assertFalse(Arrays.equals(first, weights(run("c", "keywords", 1, 2))));
  }

  @Test
  void killedAndStartedAgainItEndsWithTheSameWeights() throws IOException {
    byte[] whole = weights(run("whole", "keywords", 3, 1));
    RuntimeException killed = new IllegalStateException("killed");
    TrainingListener kill =
        new TrainingListener() {
          @Override
          public void onEpoch(TrainingState state) {
            if (state.epochs().size() == 2) {
              throw killed;
            }
          }
        };
    Path folder = home.resolve("killed");
    Gpt2Pretraining pretraining =
        new Gpt2Pretraining(DATA, settings("keywords", 3), Device.cpu(), 1, "code");
    assertThrows(IllegalStateException.class, () -> pretraining.run(folder, List.of(kill)));
    assertFalse(Files.exists(folder), "a folder must not appear before it is whole");
    pretraining.run(folder, List.of());
    assertArrayEquals(whole, weights(folder));
    Files.writeString(folder.resolve("mark"), "found again");
    pretraining.run(folder, List.of());
    assertTrue(Files.exists(folder.resolve("mark")));
  }

  @Test
  void dataWithoutTextsAndImpossibleSizesAreRefused() {
    PretrainingData empty = new PretrainingData("bare", "hash", List.of("", " "), List.of(""));
    Gpt2Pretraining pretraining =
        new Gpt2Pretraining(empty, settings("text", 1), Device.cpu(), 1, "code");
    InputException problem =
        assertThrows(InputException.class, () -> pretraining.run(home.resolve("bare"), List.of()));
    assertTrue(problem.getMessage().startsWith("bare: no train review has a text"));
    InputException heads =
        assertThrows(
            InputException.class,
            () -> new Gpt2MiniSettings(256, 16, 3, 1, 32, "keywords", 1, 4, 1e-3));
    assertTrue(heads.getMessage().contains("gptHeads = 3"), heads.getMessage());
  }
}
