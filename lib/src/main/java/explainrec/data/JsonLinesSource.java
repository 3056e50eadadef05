package explainrec.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reviews in a file with one JSON object a line (packed or not), by a mapping of its keys. */
public final class JsonLinesSource extends MappedSource {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /**
   * Prepares to read a file.
   *
   * @param file the file
   * @param mapping which key holds what
   * @throws InputException when the file or its first line cannot be read
   */
  public JsonLinesSource(Path file, Mapping mapping) {
    super(file, mapping.others().isPresent() ? mapping.resolve(firstRecord(file)) : mapping);
  }

  @Override
  public void read(Consumer<Review> sink) {
    MappedRecords records = new MappedRecords(file, mapping);
    try (Lines lines = new Lines(file)) {
      for (String line = lines.nextFilled(); line != null; line = lines.nextFilled()) {
        parse(line, lines.number(), records);
        sink.accept(records.take(lines.number()));
      }
    }
    records.checkColumns();
  }

  /** The first record of a file, key to value; values that are no scalars are left out. */
  static Map<String, String> firstRecord(Path file) {
    try (Lines lines = new Lines(file)) {
      String line = lines.nextFilled();
      if (line == null) {
        throw new InputException(file + ":1: the file has no records; give another file");
      }
      Map<String, String> record = new LinkedHashMap<>();
      try (JsonParser parser = JSON.createParser(line)) {
        expectObject(parser, line, file, lines.number());
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          JsonToken token = parser.nextToken();
          if (token.isStructStart()) {
            parser.skipChildren();
          } else {
            record.put(key, token == JsonToken.VALUE_NULL ? null : parser.getText());
          }
        }
      } catch (JsonProcessingException e) {
        throw notJson(e, file, lines.number());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return record;
    }
  }

  private void parse(String line, long number, MappedRecords records) {
    try (JsonParser parser = JSON.createParser(line)) {
      expectObject(parser, line, file, number);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token.isStructStart()) {
          if (records.wants(key)) {
            throw InputException.at(
                file, number, "'" + key + "' holds a list or an object; expected one value");
          }
          parser.skipChildren();
        } else if (records.wants(key)) {
          records.put(key, token == JsonToken.VALUE_NULL ? null : parser.getText());
        }
      }
      if (parser.nextToken() != null) {
        throw InputException.at(
            file, number, "more than one JSON object on the line; write one a line");
      }
    } catch (JsonProcessingException e) {
      throw notJson(e, file, number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void expectObject(JsonParser parser, String line, Path file, long number)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw InputException.at(
          file,
          number,
          "expected a JSON object {...}, found '" + Ratings.shorten(line) + "'; one a line");
    }
  }

  private static InputException notJson(JsonProcessingException e, Path file, long number) {
    int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
    return InputException.at(
        file, number, "not JSON (at character " + column + "); correct or delete the line");
  }
}
