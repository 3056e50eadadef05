package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsBenchTest {
  @Test
  void allMetricsAreTimed() {
    MetricsBench.Result result = MetricsBench.run(40, 50, 1);
    assertEquals(40, result.pairs());
    assertEquals(50, result.words());
    assertEquals(List.of("bleu", "rouge", "meteor"), List.copyOf(result.cpuSecondsEach().keySet()));
    assertTrue(result.seconds() > 0);
  }
}
