package explainrec.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import explainrec.data.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.DoubleStream;

/** The form of the files that runs leave. */
final class RunJson {
  private RunJson() {}

  static JsonMapper mapper() {
    return JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
        .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
        .build();
  }

  /** Writes one result, indented by field, each list on one line. */
  static void write(Path file, Record result) {
    byte[] json = bytes(result);
    AtomicFiles.write(file, out -> out.write(json));
  }

  /** What {@link #write} writes. */
  static byte[] bytes(Record result) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultPrettyPrinter.NopIndenter.instance);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = mapper().createGenerator(out)) {
      json.setPrettyPrinter(printer);
      json.writePOJO(result);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** SHA-256 over a value's JSON. */
  static String digest(Object value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] json = mapper().writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(json));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The median; 0 of nothing. */
  static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int n = sorted.length;
    return n == 0 ? 0 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
