package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakAuditTest {
  private static final String LONG =
      "the beer pours a deep brown with a thin tan head and smells of roasted malt and a little"
          + " coffee while the taste is sweet at first then bitter";

  @TempDir Path folder;

  private static Split split(List<String> texts, int validationFrom, int testFrom) {
    int n = texts.size();
    List<String> ids = IntStream.range(0, n).mapToObj(i -> "n" + i).toList();
    int[] numbers = IntStream.range(0, n).toArray();
    Interactions data =
        new Interactions(
            "toy",
            List.of(),
            ids,
            ids,
            numbers,
            numbers,
            new float[n],
            new float[0],
            new long[n],
            texts::get);
    return Splits.of(
        data,
        IntStream.range(0, validationFrom).toArray(),
        IntStream.range(validationFrom, testFrom).toArray(),
        IntStream.range(testFrom, n).toArray(),
        "by hand",
        0);
  }

  private static LeakAudit.Count count(LeakAudit audit, String kind, String part, String in) {
    return audit.counts().stream()
        .filter(c -> c.kind().equals(kind) && c.part().equals(part) && c.standsIn().equals(in))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachKindIncludesTheOneBefore() {
    Split split =
        split(
            List.of(
                "a fine beer indeed", // train: stands exactly in test
                "So Good!", // train: stands normalised in test
                LONG, // train: stands nearly in test
                "nothing like it", // validation
                "a fine beer indeed",
                "so good",
                LONG.replace("thin", "thick"),
                "a text of its own"),
            3,
            4);
    LeakAudit audit = LeakAudit.of(split, Samples.settings(), Progress.SILENT);
    assertEquals(1, count(audit, "exact", "test", "train").rows());
    assertEquals(2, count(audit, "normalised", "test", "train").rows());
    assertEquals(3, count(audit, "near", "test", "train").rows());
    assertEquals(4, count(audit, "near", "test", "train").of());
    assertEquals(0, count(audit, "near", "validation", "train").rows());
    assertArrayEquals(new int[] {4, 0}, count(audit, "exact", "test", "train").examples().get(0));
    assertArrayEquals(new boolean[] {true, true, true, false}, audit.leaked(split));
    assertArrayEquals(new int[] {0, 1, 2}, audit.leaking());
  }

  @Test
  void aTextCountsWithinItsPartOnlyWhenItStandsThereTwice() {
    Split split = split(List.of("one", "two", "two", "one", "three", "three", "three"), 3, 4);
    LeakAudit audit = LeakAudit.of(split, Samples.settings(), Progress.SILENT);
    assertEquals(2, count(audit, "exact", "train", "train").rows());
    assertEquals(1, count(audit, "exact", "train", "train").examples().size());
    assertEquals(3, count(audit, "exact", "test", "test").rows());
    assertEquals(1, count(audit, "exact", "validation", "train").rows());
    assertEquals(0, audit.leakedTest().length);
  }

  @Test
  void textsBelowTheThresholdAreNotNear() {
    Split split = split(List.of(LONG, "b", LONG.substring(LONG.length() / 2)), 1, 2);
    assertEquals(0, LeakAudit.of(split, Samples.settings(), Progress.SILENT).leakedTest().length);
  }

  @Test
  void minHashFindsWhatComparingAllPairsFinds() {
    Random random = new Random(7);
    List<String> originals = new ArrayList<>();
    List<String> copies = new ArrayList<>();
    for (int n = 0; n < 60; n++) {
      String[] words = new String[60];
      Arrays.setAll(words, k -> "w" + random.nextInt(500));
      originals.add(String.join(" ", words));
      for (int change = 0; change <= n % 4; change++) {
        words[random.nextInt(words.length)] = "other" + change;
      }
      copies.add(String.join(" ", words));
    }
    List<String> texts = new ArrayList<>(originals);
    texts.add("alone");
    texts.addAll(copies);
    Split pairs = split(texts, 60, 61);
    int expected = 0;
    for (String copy : copies) {
      long[] set = Shingles.of(copy, 3);
      expected +=
          originals.stream().anyMatch(o -> Shingles.jaccard(set, Shingles.of(o, 3)) >= 0.8) ? 1 : 0;
    }
    assertTrue(expected > 10 && expected < 60, "some pairs are near, some are not");
    assertEquals(
        expected, LeakAudit.of(pairs, Samples.settings(), Progress.SILENT).leakedTest().length);
  }

  @Test
  void jaccardIsSharedOverAllShingles() {
    assertEquals(1, Shingles.jaccard(Shingles.of("A b, c d!", 3), Shingles.of("a b c d", 3)));
    // abc bcd cde against abc bcd cdx: two of four
    assertEquals(0.5, Shingles.jaccard(Shingles.of("a b c d e", 3), Shingles.of("a b c d x", 3)));
    assertEquals(1, Shingles.of("two words", 3).length);
    assertEquals(0, Shingles.of("...", 3).length);
  }

  @Test
  void theAuditIsKeptAndADamagedOneMadeAgain() throws Exception {
    Split split = split(List.of("same", "x", "same"), 1, 2);
    Path file = folder.resolve("leaks.json");
    LeakAudit.cached(file, split, Samples.settings(), Progress.SILENT);
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() / 2));
    LeakAudit again = LeakAudit.cached(file, split, Samples.settings(), Progress.SILENT);
    assertArrayEquals(new int[] {2}, again.leakedTest());
    assertEquals(whole, Files.readString(file));
    LeakAudit kept = LeakAudit.cached(file, split, Samples.settings(), Progress.SILENT);
    assertArrayEquals(new int[] {2}, kept.leakedTest());
    assertArrayEquals(new int[] {2, 0}, count(kept, "exact", "test", "train").examples().get(0));
  }
}
