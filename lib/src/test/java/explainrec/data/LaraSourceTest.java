package explainrec.data;

import static explainrec.data.Samples.assertInputError;
import static explainrec.data.Samples.readAll;
import static explainrec.data.Samples.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaraSourceTest {
  private static final String HOTEL =
      """
      {"Reviews": [
        {"Ratings": {"Overall": "5.0", "Service": "4", "Cleanliness": "5", "Value": "3",
                     "Rooms": "2", "Location": "1", "Sleep Quality": "-1"},
         "Author": "ann", "Title": "t", "Content": "quiet rooms", "Date": "January 2, 1970"},
        {"Ratings": {"Overall": "3.0"}, "Author": "AUTHOR", "Content": "fine", "Date": "?"}
      ], "HotelInfo": {"HotelID": "HOTEL", "Name": "n"}}
      """;

  @TempDir Path folder;

  private static String hotel(String id, String author) {
    return HOTEL.replace("\"HOTEL\"", "\"" + id + "\"").replace("AUTHOR", author);
  }

  private Path archive(String... hotels) throws IOException {
    Path file = folder.resolve("hotels.tar.bz2");
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new BZip2CompressorOutputStream(out))) {
      for (int n = 0; n < hotels.length; n++) {
        byte[] bytes = hotels[n].getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry("json/" + n + ".json");
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    return file;
  }

  @Test
  void aHotelsReviewsCarryItsIdAndTheSixAspectsInThePapersOrder() throws IOException {
    write(folder, "1.json", hotel("77", "bob"));
    Review review = readAll(new LaraSource(folder, true)).get(0);
    assertEquals("77", review.item());
    assertEquals("ann", review.user());
    assertEquals(86400, review.time());
    assertEquals("[5.0, 1.0, 2.0, 4.0, NaN, 3.0]", Arrays.toString(review.aspects()));
  }

  @Test
  void anArchiveReadsLikeTheFolderItHolds() throws IOException {
    Path archive = archive(hotel("1", "bob"), hotel("2", "cid"));
    List<Review> reviews = readAll(new LaraSource(archive, true));
    assertEquals(List.of("1", "1", "2", "2"), reviews.stream().map(Review::item).toList());
    assertEquals(List.of(1L, 2L, 3L, 4L), reviews.stream().map(Review::line).toList());
    assertTrue(Double.isNaN(reviews.get(1).aspects()[0]), "absent is missing");
  }

  @Test
  void anonymousAuthorsCountAsMissingUnlessKept() throws IOException {
    write(folder, "1.json", hotel("1", "A TripAdvisor Member"));
    write(folder, "2.json", hotel("2", "lass=\\\"x"));
    List<String> dropped =
        readAll(new LaraSource(folder, true)).stream().map(Review::user).toList();
    assertEquals(List.of("ann", "", "ann", ""), dropped);
    assertEquals("A TripAdvisor Member", readAll(new LaraSource(folder, false)).get(1).user());
  }

  @Test
  void badFilesAreNamed() throws IOException {
    Path bad = write(folder, "bad.json", "{\"Reviews\": [");
    assertInputError(() -> readAll(new LaraSource(bad, true)), "bad.json:", "not JSON");
    Path other = write(folder, "other.json", "{}");
    assertInputError(() -> readAll(new LaraSource(other, true)), "other.json:1:", "HotelInfo");
    Path high = write(folder, "high.json", hotel("1", "x").replace("3.0", "7"));
    assertInputError(
        () -> readAll(new LaraSource(high, true)), "high.json", "review 2", "overall", "1 to 5");
  }

  @Test
  void aTruncatedArchiveIsNamed() throws IOException {
    Path file = archive(hotel("1", "bob"), hotel("2", "cid"));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 40));
    assertInputError(() -> readAll(new LaraSource(file, true)), "hotels.tar.bz2");
  }
}
