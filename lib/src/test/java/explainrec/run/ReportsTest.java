package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {
  @Test
  void progress_counts_what_there_is_to_count() {
    assertEquals("writing: 3 of 9", line("writing", 3, 9));
    assertEquals("reading: 3", line("reading", 3, 0));
    assertEquals("waiting for world, being made", line("waiting for world, being made", 0, 0));
  }

  private static String line(String stage, int done, int total) {
    List<String> lines = new ArrayList<>();
    Reports.progress(lines::add).update(stage, done, total);
    return lines.get(0);
  }
}
