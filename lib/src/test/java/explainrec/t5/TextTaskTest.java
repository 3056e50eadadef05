package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Checkpoint;
import explainrec.nn.Parameters;
import explainrec.nn.Trainer;
import explainrec.text.PieceTrainer;
import explainrec.text.Pieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTaskTest {
  private static final Pieces PIECES = PieceTrainer.train(List.of("ab ab"), 200, 8);
  private static final T5Config CONFIG =
      new T5Config(
          PIECES.size(), 16, 8, 32, 1, 1, 2, 32, 128, 0.1, 1e-6, false, true, 0, Pieces.END, 0);

  /** Four texts that begin alike and of which the encoder sees one piece each. */
  private static final List<int[]> TEXTS =
      List.of(
          new int[] {10, 11, 12, 1},
          new int[] {10, 11, 13, 14, 1},
          new int[] {10, 15, 16, 17, 18, 1},
          new int[] {10, 15, 19, 1});

  private static Example lastPiece(int[] text) {
    return new Example(new int[] {text[text.length - 2], 1}, text);
  }

  @Test
  void aBatchIsLearntByHeartFromWhatTheEncoderSees() {
    T5 t5 = new T5(CONFIG);
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = T5Weights.random(manager, Device.cpu(), CONFIG, 1)) {
      TextTask task =
          new TextTask(t5, parameters, (text, random) -> lastPiece(text), TEXTS, TEXTS, 4);
      Trainer.Outcome outcome = new Trainer(1e-2, 150, 1, List.of()).train(task, Checkpoint.NONE);
      double loss = outcome.epochs().get(outcome.bestEpoch() - 1).score();
      assertTrue(loss < 0.05, "validation loss " + loss);
      for (int[] text : TEXTS) {
        assertEquals(asList(text), asList(written(t5, parameters, lastPiece(text).input())));
      }
    }
  }

  private static int[] written(T5 t5, Parameters parameters, int[] input) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray table = parameters.frozen().get(T5Weights.EMBEDDING);
      long[] ids = Arrays.stream(input).asLongStream().toArray();
      NDArray prompt =
          t5.embed(parameters.frozen(), table.getManager().create(ids, new Shape(1, input.length)));
      return new Generator(t5, parameters.frozen(), GenerationSettings.greedy(10))
          .generate(prompt, null, 1)[0];
    }
  }

  @Test
  void aBatchGivesTheMeanOfItsTextsLosses() {
    T5 t5 = new T5(CONFIG);
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = T5Weights.random(manager, Device.cpu(), CONFIG, 1)) {
      Objective all = (text, random) -> new Example(text, text);
      double together = new TextTask(t5, parameters, all, TEXTS, TEXTS, 4).validate().score();
      double sum = 0;
      int pieces = 0;
      for (int[] text : TEXTS) {
        List<int[]> one = List.of(text);
        sum += text.length * new TextTask(t5, parameters, all, one, one, 1).validate().score();
        pieces += text.length;
      }
      assertEquals(sum / pieces, together, 1e-4);
    }
  }

  @Test
  void batchesHoldEveryExampleOnceAndPadLittle() {
    List<Example> examples = new ArrayList<>();
    for (int n = 0; n < 1000; n++) {
      examples.add(new Example(new int[] {n}, new int[10 + n * 7919 % 90]));
    }
    List<List<Example>> batches = TextTask.batches(examples, 16, 1);
    Set<Integer> seen = new HashSet<>();
    int cells = 0;
    int filled = 0;
    for (List<Example> batch : batches) {
      batch.forEach(example -> assertTrue(seen.add(example.input()[0])));
      cells += batch.size() * length(batch, Comparator.reverseOrder());
      filled += batch.stream().mapToInt(example -> example.target().length).sum();
    }
    assertEquals(1000, seen.size());
    assertTrue(filled > 0.9 * cells, filled + " of " + cells + " cells are filled");
    assertEquals(
        IntStream.range(0, 63).mapToObj(n -> TextTask.batches(examples, 16, 1).get(n)).toList(),
        batches);
  }

  private static int length(List<Example> batch, Comparator<Integer> order) {
    return batch.stream().map(example -> example.target().length).min(order).orElseThrow();
  }

  private static List<Integer> asList(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }
}
