package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataBenchTest {
  @Test
  void theGeneratedFileGoesThroughTheWholePreparation(@TempDir Path folder) throws IOException {
    DataBench.Result result = DataBench.run(folder, 5000, Progress.SILENT);
    assertEquals(5000, result.reviews());
    assertTrue(result.left() > 1000 && result.left() < 5000, "the 5-core drops some");
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }
}
