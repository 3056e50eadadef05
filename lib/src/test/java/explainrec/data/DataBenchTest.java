package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataBenchTest {
  @Test
  void theGeneratedFileGoesThroughTheWholePreparation(@TempDir Path folder) {
    DataBench.Result result = DataBench.run(folder, 5000, Progress.SILENT);
    assertEquals(5000, result.reviews());
    assertTrue(result.left() > 1000 && result.left() < 5000, "the 5-core drops some");
    assertFalse(Files.exists(folder.resolve("bench-reviews.jsonl.gz")));
  }
}
