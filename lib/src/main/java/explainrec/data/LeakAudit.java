package explainrec.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which texts stand more than once, within and across the parts of a split.
 *
 * <p>Three kinds, each including the one before: {@code exact} (the cleaned texts are equal),
 * {@code normalised} (equal when all but letters and digits is dropped) and {@code near} (the
 * Jaccard similarity of their word shingles reaches the threshold).
 *
 * @param splitHash the split it was made for
 * @param nearDuplicate the Jaccard threshold
 * @param shingleWords words in a shingle
 * @param counts one entry for each kind and each ordered pair of parts
 * @param leakedTest test rows whose text stands in train, of any kind, ascending
 * @param leaking train and validation rows whose text stands in test, and train rows whose text
 *     stands in validation, ascending
 */
public record LeakAudit(
    String splitHash,
    double nearDuplicate,
    int shingleWords,
    List<Count> counts,
    int[] leakedTest,
    int[] leaking) {

  private static final List<String> PARTS = List.of("train", "validation", "test");
  private static final List<String> KINDS = List.of("exact", "normalised", "near");
  private static final int EXAMPLES = 5;
  private static final int TRAIN = 0; // places in PARTS
  private static final int TEST = 2;
  private static final int EXACT = 0; // places in KINDS
  private static final int NEAR = 2;
  private static final int NONE = -1;

  /**
   * Rows of one part whose text stands in a part.
   *
   * @param kind {@code exact}, {@code normalised} or {@code near}
   * @param part whose rows are counted
   * @param standsIn where an equal text was looked for; the row itself does not count
   * @param rows how many rows of {@code part} have one
   * @param of rows of {@code part} in all
   * @param examples up to five pairs of row numbers: the row, and one it repeats
   */
  public record Count(
      String kind, String part, String standsIn, int rows, int of, List<int[]> examples) {}

  /**
   * Audits a split.
   *
   * @param split the split; its texts are read twice or more from disk, never all held
   * @param settings {@code nearDuplicate} and {@code shingleWords}
   * @param progress hears how far it is
   * @return the audit
   */
  public static LeakAudit of(Split split, DataSettings settings, Progress progress) {
    int[][] parts = {split.train(), split.validation(), split.test()};
    TextGroups exact = new TextGroups(split.data().size());
    TextGroups normalised = new TextGroups(split.data().size());
    int done = 0;
    for (int part = 0; part < parts.length; part++) {
      for (int row : parts[part]) {
        String text = split.data().text(row);
        exact.add(row, part, Shingles.hash(text));
        String bare = Shingles.normalise(text);
        normalised.add(row, part, Shingles.hash(bare.isEmpty() ? text : bare));
        if (done++ % 4096 == 0) {
          progress.update("leak audit: texts", done, split.data().size());
        }
      }
    }
    NearDuplicates near = new NearDuplicates(split, normalised, settings);
    near.find(progress);
    Found found = new Found(parts, exact, normalised, near, new BitSet(), new BitSet());
    List<Count> counts = new ArrayList<>();
    for (int kind = 0; kind < KINDS.size(); kind++) {
      for (int part = 0; part < parts.length; part++) {
        for (int other = 0; other < parts.length; other++) {
          counts.add(found.count(kind, part, other));
        }
      }
    }
    return new LeakAudit(
        split.hash(),
        settings.nearDuplicate(),
        settings.shingleWords(),
        counts,
        found.leakedTest().stream().toArray(),
        found.leaking().stream().toArray());
  }

  /** What the search found, and the rows that counting has marked so far. */
  private record Found(
      int[][] parts,
      TextGroups exact,
      TextGroups normalised,
      NearDuplicates near,
      BitSet leakedTest,
      BitSet leaking) {

    Count count(int kind, int part, int other) {
      int rows = 0;
      List<int[]> examples = new ArrayList<>();
      for (int row : parts[part]) {
        int repeated = repeated(row, part, other, kind);
        if (repeated == NONE) {
          continue;
        }
        rows++;
        if (repeated != row && examples.size() < EXAMPLES) {
          examples.add(new int[] {row, repeated});
        }
        if (part == TEST && other == TRAIN) {
          leakedTest.set(row);
        } else if (part < other) {
          leaking.set(row);
        }
      }
      return new Count(
          KINDS.get(kind), PARTS.get(part), PARTS.get(other), rows, parts[part].length, examples);
    }

    /** The row that a row repeats (the row itself when it is the first of its own), or NONE. */
    private int repeated(int row, int part, int other, int kind) {
      TextGroups groups = kind == EXACT ? exact : normalised;
      if (groups.matches(row, part, other)) {
        return groups.first(groups.group[row], other);
      }
      return kind == NEAR ? near.match(normalised.group[row], other) : NONE;
    }
  }

  /**
   * Reads the audit of a split from a file, or makes and writes it.
   *
   * @param file where it is kept
   * @param split the split
   * @param settings the thresholds
   * @param progress hears how far it is
   * @return the audit
   */
  static LeakAudit cached(Path file, Split split, DataSettings settings, Progress progress) {
    if (Files.exists(file)) {
      try {
        LeakAudit kept = PreparedFiles.JSON.readValue(Files.readAllBytes(file), LeakAudit.class);
        if (split.hash().equals(kept.splitHash())
            && kept.nearDuplicate == settings.nearDuplicate()
            && kept.shingleWords == settings.shingleWords()) {
          return kept;
        }
      } catch (JsonProcessingException e) {
        progress.update("leak audit: the kept one is damaged, auditing again", 0, 0);
      } catch (IOException e) {
        throw Input.unreadable(file, e);
      }
    }
    LeakAudit audit = of(split, settings, progress);
    audit.save(file);
    return audit;
  }

  /**
   * Writes the audit as JSON: counts and row numbers, no texts.
   *
   * @param file where to
   * @throws InputException when the place cannot be written to
   */
  public void save(Path file) {
    AtomicFiles.write(file, out -> out.write(PreparedFiles.JSON.writeValueAsBytes(this)));
  }

  /**
   * Marks the test rows whose text, normalised, or a near-duplicate stands in train.
   *
   * @param split the audited split
   * @return one flag a test row, in the order of {@link Split#test()}
   */
  public boolean[] leaked(Split split) {
    boolean[] leaked = new boolean[split.test().length];
    for (int n = 0; n < leaked.length; n++) {
      leaked[n] = Arrays.binarySearch(leakedTest, split.test()[n]) >= 0;
    }
    return leaked;
  }

  /** The rows that stay when leaks are dropped on one side. */
  BitSet withoutLeaks(Split split, String leaks) {
    BitSet clean = new BitSet();
    clean.set(0, split.data().size());
    for (int row : leaks.equals("drop-test") ? leakedTest : leaking) {
      clean.clear(row);
    }
    return clean;
  }
}
