package explainrec.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import explainrec.data.AtomicFiles;
import explainrec.data.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Texts of a run as a file, one JSON object a line; they stay on the machine that wrote them. */
final class JsonLines {
  private JsonLines() {}

  static void write(Path file, List<? extends Record> records) {
    AtomicFiles.write(
        file,
        out -> {
          for (Record one : records) {
            out.write(RunJson.mapper().writeValueAsBytes(one));
            out.write('\n');
          }
        });
  }

  static <T> List<T> read(Path file, Class<T> type) {
    List<T> records = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        records.add(RunJson.mapper().readValue(line, type));
      }
    } catch (JsonProcessingException e) {
      throw new InputException(
          file + ":" + (records.size() + 1) + ": not whole JSON; run the model again", e);
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be read; texts stay on the machine that wrote them: run the model", e);
    }
    return records;
  }
}
