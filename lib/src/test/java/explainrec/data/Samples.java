package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.function.Executable;

/** Small data and checks that several tests share. */
final class Samples {
  private Samples() {}

  /** Reviews from a list, with two aspects on 1..5. */
  record ListSource(String name, List<Review> reviews) implements ReviewSource {
    @Override
    public List<String> aspects() {
      return List.of("food", "noise");
    }

    @Override
    public Scale overallScale() {
      return Scale.FIVE;
    }

    @Override
    public List<Scale> aspectScales() {
      return List.of(Scale.FIVE, Scale.FIVE);
    }

    @Override
    public void read(Consumer<Review> sink) {
      reviews.forEach(sink);
    }

    @Override
    public String fingerprint() {
      Digest digest = new Digest();
      reviews.forEach(r -> digest.add(r.user()).add(r.item()).add(r.text()).add(r.time()));
      return digest.hex();
    }
  }

  static Review review(String user, String item, String text, long line) {
    return new Review(user, item, 4, new double[] {3, 5}, text, Review.NO_TIME, line);
  }

  /** Every one of some users reviews every one of some items, each in its own words. */
  static ListSource grid(int users, int items) {
    List<Review> reviews = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        int line = reviews.size() + 1;
        reviews.add(
            new Review(
                "u" + u,
                "i" + i,
                1 + (u + i) % 5,
                new double[] {1 + u % 5, 1 + i % 5},
                "guest " + u + " found dish " + i + " number " + line + " good " + u * i,
                1000L * line,
                line));
      }
    }
    return new ListSource("grid", reviews);
  }

  /** Settings that filter nothing but what a test asks for. */
  static DataSettings settings(String filter, int minReviews, String duplicates) {
    return new DataSettings(
        filter,
        minReviews,
        "any",
        true,
        true,
        128,
        duplicates,
        "drop",
        "random",
        0.8,
        0.1,
        42,
        "keep",
        0.8,
        3);
  }

  static DataSettings settings() {
    return settings("none", 1, "error");
  }

  static List<Review> readAll(ReviewSource source) {
    List<Review> reviews = new ArrayList<>();
    source.read(reviews::add);
    return reviews;
  }

  static Path write(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  static byte[] gzip(String text) throws IOException {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Runs something that must fail with one line holding all the given words. */
  static void assertInputError(Executable action, String... words) {
    String message = assertThrows(InputException.class, action).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), () -> "'" + word + "' is not in: " + message);
    }
    assertFalse(message.contains("\n"), () -> "more than one line: " + message);
  }
}
