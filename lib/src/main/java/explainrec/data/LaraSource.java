package explainrec.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The TripAdvisor hotel reviews of Wang et al. (LARA): one JSON file a hotel, in a folder or a
 * (packed) tar archive; one hotel is held at a time.
 *
 * <p>A rating of -1 or an absent one is missing. {@link Review#line()} is the review's number in
 * the whole data set, from 1.
 */
public final class LaraSource implements ReviewSource {
  private static final List<String> ASPECTS =
      List.of("cleanliness", "location", "rooms", "service", "sleep quality", "value");
  private static final List<String> KEYS =
      List.of("Cleanliness", "Location", "Rooms", "Service", "Sleep Quality", "Value");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path place;
  private final boolean dropAnonymous;

  /**
   * Prepares to read a folder, an archive or a single hotel's file.
   *
   * @param place the folder, the {@code .tar.bz2} (or other tar) or the JSON file
   * @param dropAnonymous whether authors that stand for many people ({@code A TripAdvisor Member},
   *     {@code lass=...}) count as missing
   */
  public LaraSource(Path place, boolean dropAnonymous) {
    this.place = place;
    this.dropAnonymous = dropAnonymous;
  }

  @Override
  public String name() {
    return "tripadvisor";
  }

  @Override
  public List<String> aspects() {
    return ASPECTS;
  }

  @Override
  public Scale overallScale() {
    return Scale.FIVE;
  }

  @Override
  public List<Scale> aspectScales() {
    return ASPECTS.stream().map(aspect -> Scale.FIVE).toList();
  }

  @Override
  public void read(Consumer<Review> sink) {
    long[] number = {0};
    if (Files.isDirectory(place)) {
      for (Path file : hotels(place)) {
        try (InputStream in = Input.open(file)) {
          hotel(in.readAllBytes(), file, sink, number);
        } catch (IOException e) {
          throw Input.unreadable(file, e);
        }
      }
    } else if (isTar(place)) {
      readArchive(sink, number);
    } else {
      try (InputStream in = Input.open(place)) {
        hotel(in.readAllBytes(), place, sink, number);
      } catch (IOException e) {
        throw Input.unreadable(place, e);
      }
    }
  }

  @Override
  public String fingerprint() {
    Digest digest = new Digest().add("lara").add(dropAnonymous ? 1 : 0);
    if (!Files.isDirectory(place)) {
      return digest.add(place).hex();
    }
    for (Path file : hotels(place)) {
      digest.add(file.getFileName().toString()).add(file);
    }
    return digest.hex();
  }

  /** The hotel files of a folder, by name. */
  static List<Path> hotels(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Input.unreadable(folder, e);
    }
  }

  /** Whether a (packed) file is a tar archive, by the mark at byte 257. */
  static boolean isTar(Path file) {
    try (InputStream in = Input.open(file)) {
      byte[] head = in.readNBytes(512);
      return head.length == 512 && TarArchiveInputStream.matches(head, head.length);
    } catch (IOException e) {
      throw Input.unreadable(file, e);
    }
  }

  private void readArchive(Consumer<Review> sink, long[] number) {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Input.open(place))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path name = Path.of(entry.getName()).getFileName();
        boolean hotel = entry.isFile() && name != null && name.toString().matches("[^.].*\\.json");
        if (hotel) {
          hotel(tar.readAllBytes(), place.resolve(name), sink, number);
        }
      }
    } catch (IOException e) {
      throw Input.unreadable(place, e);
    }
  }

  private void hotel(byte[] bytes, Path file, Consumer<Review> sink, long[] number) {
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw InputException.at(file, line, "not JSON; fetch or copy the data set again");
    } catch (IOException e) {
      throw Input.unreadable(file, e);
    }
    if (root == null || !root.path("Reviews").isArray()) {
      throw InputException.at(
          file, 1, "expected {\"Reviews\": [...], \"HotelInfo\": {...}}; remove the file");
    }
    String item = root.path("HotelInfo").path("HotelID").asText("");
    int place = 0;
    for (JsonNode review : root.path("Reviews")) {
      place++;
      sink.accept(review(review, item, file, place, ++number[0]));
    }
  }

  private Review review(JsonNode node, String item, Path file, int place, long number) {
    JsonNode ratings = node.path("Ratings");
    double[] aspects = new double[KEYS.size()];
    for (int n = 0; n < aspects.length; n++) {
      aspects[n] = rating(ratings.path(KEYS.get(n)), ASPECTS.get(n), file, place);
    }
    String author = node.path("Author").asText("").strip();
    return new Review(
        dropAnonymous && isAnonymous(author) ? "" : author,
        item,
        rating(ratings.path("Overall"), "overall", file, place),
        aspects,
        node.path("Content").asText("").strip(),
        time(node.path("Date").asText("").strip()),
        number);
  }

  private static boolean isAnonymous(String author) {
    return author.equalsIgnoreCase("A TripAdvisor Member") || author.startsWith("lass=");
  }

  private static double rating(JsonNode node, String name, Path file, int place) {
    String value = node.isMissingNode() || node.isNull() ? "" : node.asText().strip();
    if (value.matches("-1(\\.0*)?")) {
      return Double.NaN;
    }
    try {
      return Ratings.parse(value, name, Scale.FIVE, file, place);
    } catch (InputException e) {
      throw new InputException(
          file
              + ": review "
              + place
              + ": "
              + name
              + " rating '"
              + Ratings.shorten(value)
              + "' is not a number from 1 to 5, nor -1 for missing; correct the file",
          e);
    }
  }

  private static long time(String date) {
    try {
      return LocalDate.parse(date, DATE).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return Review.NO_TIME; // dates are wanted by one split only, which says so when they miss
    }
  }
}
