package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import explainrec.backbones.Requests;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That both sides of the bench are given the same work; how fast they are is no matter here. */
final class GeneratorBenchTest {
  @Test
  void explanationsAreOfFifteenWordsAndTakeAllWordsInTurn() {
    ExplainedSplit data = GeneratorBench.data(1400);
    assertEquals(1400, data.split().train().length);
    assertTrue(data.explanations().stream().allMatch(e -> e.words().size() == 15));
    assertEquals(20_004, Vocabulary.ofTrain(data, 20_000).size());
  }

  @Test
  void usersAndItemsAreInRangeAndRatingsOfFiveClasses() {
    ExplainedSplit data = GeneratorBench.data(1400);
    Requests requests = Requests.of(data, data.split().train());
    assertTrue(IntStream.of(requests.users()).allMatch(n -> n >= 0 && n < 1000));
    assertTrue(IntStream.of(requests.items()).allMatch(n -> n >= 0 && n < 1000));
    assertEquals(
        5, IntStream.range(0, 1400).mapToObj(n -> requests.ratings()[n]).distinct().count());
  }

  @Test
  void thePeerIsToldThePapersSizes() {
    Map<String, Object> job = new MmiBench(Device.cpu(), 1).job(8, 2);
    assertEquals(128, job.get("batch"));
    assertEquals(5, job.get("samples"));
    assertEquals(15, job.get("words"));
    assertEquals(20_004, job.get("vocabulary"));
  }
}
