package explainrec.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** Explanations on disk: JSON Lines with a checksum in the last line. */
final class ExplanationFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A line of the file. */
  private record Line(
      @JsonProperty("row") int row,
      @JsonProperty("feature") String feature,
      @JsonProperty("opinion") String opinion,
      @JsonProperty("score") int score,
      @JsonProperty("words") String words) {}

  private ExplanationFile() {}

  /**
   * Writes explanations, whole or not at all.
   *
   * @param file where to
   * @param explanations by row; null where there is none
   */
  static void write(Path file, Explanation[] explanations) {
    AtomicFiles.write(
        file,
        out -> {
          StringBuilder lines = new StringBuilder();
          for (int row = 0; row < explanations.length; row++) {
            Explanation e = explanations[row];
            if (e != null) {
              Line line = new Line(row, e.feature(), e.opinion(), e.score(), e.text());
              lines.append(JSON.writeValueAsString(line)).append('\n');
            }
          }
          lines.append(DigestUtils.sha256Hex(lines.toString())).append('\n');
          out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        });
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param file the file
   * @param rows number of rows of the data
   * @return by row; null when the file is not there or not whole, and has to be made again
   */
  static Explanation[] read(Path file, int rows) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      String text = Files.readString(file);
      int end = text.lastIndexOf('\n', text.length() - 2) + 1;
      if (!text.substring(end).strip().equals(DigestUtils.sha256Hex(text.substring(0, end)))) {
        return null;
      }
      Explanation[] explanations = new Explanation[rows];
      for (String json : (Iterable<String>) text.substring(0, end).lines()::iterator) {
        Line line = JSON.readValue(json, Line.class);
        List<String> words = Arrays.asList(line.words().split(" "));
        explanations[line.row()] =
            new Explanation(line.feature(), line.opinion(), words, line.score());
      }
      return explanations;
    } catch (IOException | RuntimeException e) {
      return null; // whatever is wrong with it, it can be made again
    }
  }
}
