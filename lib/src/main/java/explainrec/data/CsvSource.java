package explainrec.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reviews in a comma- or tab-separated file with a header (packed or not), by a mapping. */
public final class CsvSource extends MappedSource {
  /**
   * Prepares to read a file.
   *
   * @param file the file; its first line names the columns
   * @param mapping which column holds what; its format says which separator
   * @throws InputException when the file or its first lines cannot be read
   */
  public CsvSource(Path file, Mapping mapping) {
    super(
        file,
        mapping.others().isPresent()
            ? mapping.resolve(firstRecord(file, mapping.format()))
            : mapping);
  }

  @Override
  public void read(Consumer<Review> sink) {
    MappedRecords records = new MappedRecords(file, mapping);
    try (Rows rows = new Rows(file, mapping.format())) {
      String[] header = rows.next();
      for (String[] row = rows.next(); row != null; row = rows.next()) {
        for (int n = 0; n < header.length; n++) {
          if (records.wants(header[n])) {
            records.put(header[n], row[n]);
          }
        }
        sink.accept(records.take(rows.line()));
      }
    }
    records.checkColumns();
  }

  /** The first record of a file, column to value; only the columns when there is no record. */
  static Map<String, String> firstRecord(Path file, String format) {
    try (Rows rows = new Rows(file, format)) {
      String[] header = rows.next();
      if (header == null) {
        throw new InputException(file + ":1: the file is empty; give another file");
      }
      String[] row = rows.next();
      Map<String, String> record = new LinkedHashMap<>();
      for (int n = 0; n < header.length; n++) {
        record.put(header[n], row == null ? null : row[n]);
      }
      return record;
    }
  }

  /** The rows of the file, all as wide as the header, with the lines that they begin on. */
  private static final class Rows implements AutoCloseable {
    private final Path file;
    private final Reader reader;
    private final MappingIterator<String[]> rows;
    private int width = -1;
    private long line;

    Rows(Path file, String format) {
      this.file = file;
      this.reader =
          new BufferedReader(
              new InputStreamReader(Input.open(file), StandardCharsets.UTF_8), 1 << 16);
      try {
        skipByteOrderMark();
        CsvSchema schema =
            CsvSchema.emptySchema().withColumnSeparator(format.equals(Mapping.TSV) ? '\t' : ',');
        rows =
            CsvMapper.builder()
                .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .build()
                .readerFor(String[].class)
                .with(schema)
                .readValues(reader);
      } catch (IOException e) {
        throw Input.unreadable(file, e);
      }
    }

    private void skipByteOrderMark() throws IOException {
      reader.mark(1);
      if (reader.read() != '\uFEFF') {
        reader.reset();
      }
    }

    /** The next row, or null at the end. */
    String[] next() {
      try {
        line = Math.max(1, rows.getCurrentLocation().getLineNr());
        if (!rows.hasNextValue()) {
          return null;
        }
        String[] row = rows.nextValue();
        if (width < 0) {
          width = row.length;
        } else if (row.length != width) {
          throw InputException.at(
              file,
              line,
              row.length
                  + " values, but the header has "
                  + width
                  + " columns; correct the line (quote texts that hold the separator)");
        }
        return row;
      } catch (JsonProcessingException e) {
        throw new InputException(
            file
                + ":"
                + line
                + ": not readable as CSV (a quote that is not closed?); correct"
                + " the line",
            e);
      } catch (IOException e) {
        throw Input.unreadable(file + ":" + line, e);
      }
    }

    long line() {
      return line;
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw Input.unreadable(file, e);
      }
    }
  }
}
