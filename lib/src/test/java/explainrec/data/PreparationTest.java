package explainrec.data;

import static explainrec.data.Samples.assertInputError;
import static explainrec.data.Samples.grid;
import static explainrec.data.Samples.review;
import static explainrec.data.Samples.settings;
import static explainrec.data.Samples.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
  @TempDir Path folder;

  private Prepared prepare(ReviewSource source, DataSettings settings) {
    return Preparation.prepare(source, settings, folder.resolve("work"), Progress.SILENT);
  }

  private static Samples.ListSource with(Samples.ListSource source, Review... more) {
    List<Review> reviews = new ArrayList<>(source.reviews());
    reviews.addAll(List.of(more));
    return new Samples.ListSource(source.name(), reviews);
  }

  private List<String> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("work"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void ratingsAreOnFiveAndTextsClean() {
    Review odd =
        new Review(
            "New", "Dish", 2, new double[] {1, 5}, " Caf\u00e9\tGO\u00d6D \u20ac one two", 7, 13);
    Prepared prepared = prepare(with(grid(3, 4), odd), settings());
    Interactions data = prepared.interactions();
    assertEquals(13, data.size());
    assertEquals("caf god one two", data.text(12));
    assertEquals("guest 0 found dish 1 number 2 good 0", data.text(1));
    assertEquals(2, data.overall(12));
    assertEquals(1, data.aspect(12, 0));
    assertEquals(5, data.aspect(12, 1));
    assertEquals(List.of("u0", "u1", "u2", "New"), data.users());
    assertEquals(7, data.time(12));
    assertEquals(13, prepared.lines()[12]);
  }

  @Test
  void rowsWithAMissingFieldAreDroppedAndCounted() {
    double[] two = {3, 3};
    Prepared prepared =
        prepare(
            with(
                grid(3, 4),
                new Review("", "i0", 3, two, "no user", 1, 13),
                new Review("x", "", 3, two, "no item", 1, 14),
                new Review("x", "i0", Double.NaN, two, "no rating", 1, 15),
                new Review("x", "i0", 3, new double[] {3, Double.NaN}, "no aspect", 1, 16),
                new Review("x", "i1", 3, two, " \u20ac ", 1, 17)),
            settings());
    assertEquals(new FilterStep("reviews read", 17, 4, 4), prepared.steps().get(0));
    assertEquals(new FilterStep("every field present", 12, 3, 4), prepared.steps().get(1));
  }

  @Test
  void droppingAUserCanPullAnItemBelowFive() {
    // Item "rare" has five reviews, but one is of a user with a single review.
    Review[] extra = new Review[5];
    for (int n = 0; n < 4; n++) {
      extra[n] = review("u" + n, "rare", "rare text " + n, 100 + n);
    }
    extra[4] = review("guest", "rare", "passing by", 104);
    Samples.ListSource source = with(grid(6, 6), extra);
    Prepared single = prepare(source, settings("single", 5, "error"));
    Prepared core = prepare(source, settings("core", 5, "error"));
    assertEquals(40, single.interactions().size());
    assertTrue(single.interactions().items().contains("rare"));
    assertEquals(36, core.interactions().size());
    assertFalse(core.interactions().items().contains("rare"));
    assertEquals("at least 5, one pass", last(single).name());
    assertEquals(new FilterStep("5-core", 36, 6, 6), last(core));
  }

  private static FilterStep last(Prepared prepared) {
    return prepared.steps().get(prepared.steps().size() - 1);
  }

  @Test
  void aDuplicateNamesBothLinesAndTheSettingThatResolvesIt() {
    Samples.ListSource source = with(grid(3, 4), review("u1", "i2", "again", 13));
    assertInputError(
        () -> prepare(source, settings()), "lines 7 and 13", "'i2'", "'u1'", "duplicates=first");
    assertEquals("guest 1 found dish 2 number 7 good 2", textOf(source, "first"));
    assertEquals("again", textOf(source, "last"));
    assertEquals(13, prepare(source, settings("none", 1, "keep")).interactions().size());
  }

  private String textOf(ReviewSource source, String duplicates) {
    Interactions data = prepare(source, settings("none", 1, duplicates)).interactions();
    assertEquals(12, data.size());
    for (int row = 0; row < data.size(); row++) {
      if (data.users().get(data.user(row)).equals("u1")
          && data.items().get(data.item(row)).equals("i2")) {
        return data.text(row);
      }
    }
    throw new AssertionError("the pair is gone");
  }

  @Test
  void anEmptyResultNamesTheStep() throws IOException {
    assertInputError(
        () -> prepare(grid(3, 4), settings("core", 5, "error")), "grid", "'5-core'", "12 before");
    Review blank = new Review("a", "b", Double.NaN, new double[] {1, 1}, "x", 1, 1);
    assertInputError(
        () -> prepare(new Samples.ListSource("bare", List.of(blank)), settings()),
        "bare",
        "'every field present'");
    assertEquals(List.of(), leftovers());
  }

  @Test
  void tooFewReviewsToSplitIsSaidWithTheNumbers() throws IOException {
    assertInputError(
        () -> prepare(grid(1, 3), settings()), "3 reviews are too few to split", "minReviews");
    assertEquals(List.of(), leftovers());
  }

  @Test
  void aRatingOffTheScaleStopsEvenWhenTheReaderLetItPass() {
    Review high = new Review("a", "b", 6, new double[] {1, 1}, "x", 1, 99);
    assertInputError(() -> prepare(with(grid(3, 4), high), settings()), "grid:99:", "1 to 5");
  }

  /** A source that counts how often it is read. */
  private record Counting(Samples.ListSource inner, AtomicInteger reads) implements ReviewSource {
    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public List<String> aspects() {
      return inner.aspects();
    }

    @Override
    public Scale overallScale() {
      return inner.overallScale();
    }

    @Override
    public List<Scale> aspectScales() {
      return inner.aspectScales();
    }

    @Override
    public void read(Consumer<Review> sink) {
      reads.incrementAndGet();
      inner.read(sink);
    }

    @Override
    public String fingerprint() {
      return inner.fingerprint();
    }
  }

  @Test
  @Timeout(60)
  void whoeverNeedsTheSameDataMeanwhileWaitsForThem() throws InterruptedException {
    Counting source = new Counting(grid(6, 6), new AtomicInteger());
    List<Prepared> found = Collections.synchronizedList(new ArrayList<>());
    Thread other = new Thread(() -> found.add(prepare(source, settings())));
    Progress starts =
        (what, done, all) -> {
          if (other.getState() == Thread.State.NEW) {
            other.start();
          }
          while (!List.of(Thread.State.WAITING, Thread.State.TERMINATED)
              .contains(other.getState())) {
            Thread.onSpinWait();
          }
        };
    Prepared first = Preparation.prepare(source, settings(), folder.resolve("work"), starts);
    other.join();
    assertEquals(1, source.reads().get());
    assertEquals(first.split().hash(), found.get(0).split().hash());
  }

  @Test
  void theSecondCallReadsNothingAndGivesTheSame() throws IOException {
    Counting source = new Counting(grid(6, 6), new AtomicInteger());
    Prepared first = prepare(source, settings());
    Prepared second = prepare(source, settings());
    assertEquals(1, source.reads().get());
    assertEquals(first.split().hash(), second.split().hash());
    assertArrayEquals(first.split().test(), second.split().test());
    assertEquals(first.steps(), second.steps());
    assertEquals(first.statistics().words(), second.statistics().words());
    assertEquals(first.interactions().text(35), second.interactions().text(35));
    assertEquals(1, leftovers().size());
    prepare(source, settings("core", 5, "error"));
    assertEquals(2, source.reads().get(), "other settings are other data");
  }

  @Test
  void aHalfWrittenCacheIsMadeAgain() throws IOException {
    Counting source = new Counting(grid(6, 6), new AtomicInteger());
    Prepared first = prepare(source, settings());
    int reads = 1;
    for (String name :
        List.of("columns.bin", "texts.txt", "split.json", "prepared.json", "statistics.json")) {
      Path file = first.folder().resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      assertEquals(first.split().hash(), prepare(source, settings()).split().hash(), name);
      assertEquals(++reads, source.reads().get(), name);
      Files.delete(file);
      assertEquals(first.split().hash(), prepare(source, settings()).split().hash(), name);
      assertEquals(++reads, source.reads().get(), name);
    }
    byte[] columns = Files.readAllBytes(first.folder().resolve("columns.bin"));
    columns[columns.length / 2] ^= 1;
    Files.write(first.folder().resolve("columns.bin"), columns);
    prepare(source, settings());
    assertEquals(++reads, source.reads().get(), "a changed byte");
  }

  @Test
  void whatAKilledRunLeftADayAgoIsSweptAway() throws IOException {
    Path old = Files.createDirectories(folder.resolve("work/grid-0123.part1"));
    write(old, "texts.txt", "half");
    Path fresh = Files.createDirectories(folder.resolve("work/grid-0123.part2"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    prepare(grid(6, 6), settings());
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(fresh), "another run may be at work in it");
  }

  @Test
  void aBadLineLeavesNothingBehind() throws IOException {
    String good = "{\"user\":\"a\",\"item\":\"b\",\"overall\":4,\"service\":5,\"text\":\"good\"}\n";
    Path file = write(folder, "x.jsonl", good + "{\n");
    ReviewSource source =
        DataSets.open(
            file.toString(), java.util.Optional.empty(), folder, settings(), () -> grid(1, 1));
    assertInputError(() -> prepare(source, settings()), "x.jsonl:2:");
    assertEquals(List.of(), leftovers());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = write(folder, "a-file", "x");
    assertInputError(
        () -> Preparation.prepare(grid(3, 4), settings(), file, Progress.SILENT),
        "a-file",
        "choose another folder");
    assertInputError(
        () -> Preparation.prepare(grid(3, 4), settings(), file.resolve("sub"), Progress.SILENT),
        "a-file",
        "choose another folder");
  }

  @Test
  void foreignReviewsGoWhenEnglishIsAskedFor() {
    Review french =
        review(
            "u0",
            "x",
            "La chambre était très propre et le petit déjeuner vraiment excellent, nous"
                + " reviendrons avec plaisir dans cet hôtel.",
            13);
    DataSettings english =
        new DataSettings(
            "none", 1, "english", true, true, 128, "error", "drop", "random", 0.8, 0.1, 42, "keep",
            0.8, 3);
    Prepared prepared = prepare(with(grid(3, 4), french), english);
    assertEquals(new FilterStep("language: english", 12, 3, 4), last(prepared));
  }

  @Test
  void leaksAreDroppedOnTheSideThatTheSettingNames() {
    List<Review> reviews = new ArrayList<>(grid(5, 8).reviews());
    for (int n = 0; n < 20; n++) {
      reviews.add(review("copy" + n % 4, "c" + n / 4, "Just the same old story, again!", 41 + n));
    }
    Samples.ListSource source = new Samples.ListSource("grid", reviews);
    Prepared kept = prepare(source, settings());
    assertTrue(kept.leaks(Progress.SILENT).leakedTest().length > 0);
    Prepared train = prepare(source, leaks("drop-train"));
    assertEquals(0, train.leaks(Progress.SILENT).leakedTest().length);
    assertArrayEquals(kept.split().test(), train.split().test());
    assertTrue(train.split().train().length < kept.split().train().length);
    assertTrue(last(train).name().contains("drop-train"));
    Prepared test = prepare(source, leaks("drop-test"));
    assertEquals(0, test.leaks(Progress.SILENT).leakedTest().length);
    assertArrayEquals(kept.split().train(), test.split().train());
    assertTrue(test.split().test().length < kept.split().test().length);
    assertNotEquals(kept.split().hash(), test.split().hash());
  }

  private static DataSettings leaks(String leaks) {
    return new DataSettings(
        "none", 1, "any", true, true, 128, "error", "drop", "random", 0.8, 0.1, 42, leaks, 0.8, 3);
  }
}
