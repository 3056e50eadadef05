package explainrec.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import explainrec.data.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pairs to explain.
 *
 * @param users as the data name them
 * @param items as many
 */
public record Pairs(List<String> users, List<String> items) {
  private static final int FIRST_LINE = 2; // behind the header

  /**
   * Reads pairs.
   *
   * @param file CSV with a header that names {@code user} and {@code item}
   * @return the pairs in the file's order
   * @throws InputException when it cannot be read or a field is missing
   */
  public static Pairs read(Path file) {
    List<String> users = new ArrayList<>();
    List<String> items = new ArrayList<>();
    int line = FIRST_LINE;
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(file.toFile())) {
      while (rows.hasNextValue()) {
        Map<String, String> row = rows.nextValue();
        users.add(field(file, line, row, "user"));
        items.add(field(file, line, row, "item"));
        line++;
      }
    } catch (JsonProcessingException e) {
      throw new InputException(file + ":" + line + ": not CSV; expected the columns user,item", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read; check the path and its rights", e);
    }
    if (users.isEmpty()) {
      throw new InputException(file + ": no pairs; expected a line user,item and a pair a line");
    }
    return new Pairs(users, items);
  }

  private static String field(Path file, int line, Map<String, String> row, String name) {
    String value = row.get(name);
    if (value == null || value.isBlank()) {
      throw new InputException(
          file + ":" + line + ": no " + name + "; expected the columns user,item in every line");
    }
    return value.strip();
  }
}
