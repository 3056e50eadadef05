package explainrec.data;

import java.util.Arrays;

/**
 * Finds, for each distinct text, the parts of a split in which a near-duplicate stands: MinHash
 * bands propose pairs, the true Jaccard similarity of their shingles decides.
 */
final class NearDuplicates {
  private final Split split;
  private final TextGroups texts;
  private final double threshold;
  private final int words;
  private final int[] sample; // a row of each group, to read its text by
  private final byte[] home; // parts the group itself stands in, as bits
  private final byte[] seen; // parts a near-duplicate of the group was found in, as bits
  private final int[] match; // (G, 3): a row of that near-duplicate, or -1

  NearDuplicates(Split split, TextGroups texts, DataSettings settings) {
    this.split = split;
    this.texts = texts;
    this.threshold = settings.nearDuplicate();
    this.words = settings.shingleWords();
    this.sample = new int[texts.groups];
    this.home = new byte[texts.groups];
    this.seen = new byte[texts.groups];
    this.match = new int[texts.groups * TextGroups.PARTS];
    Arrays.fill(match, -1);
    for (int group = 0; group < texts.groups; group++) {
      for (int part = 0; part < TextGroups.PARTS; part++) {
        if (texts.count(group, part) > 0) {
          sample[group] = texts.first(group, part);
          home[group] |= (byte) (1 << part);
        }
      }
    }
  }

  /** A row of a part that is a near-duplicate (not an equal) of a group's text, or -1. */
  int match(int group, int part) {
    return match[group * TextGroups.PARTS + part];
  }

  void find(Progress progress) {
    int groups = texts.groups;
    int[] keys = new int[groups * Shingles.BANDS]; // (G, bands)
    for (int group = 0; group < groups; group++) {
      Shingles.bands(shingles(group), keys, group * Shingles.BANDS);
      if (group % 4096 == 0) {
        progress.update("leak audit: shingles", group, groups);
      }
    }
    long[] order = new long[groups];
    for (int band = 0; band < Shingles.BANDS; band++) {
      progress.update("leak audit: near-duplicates", band, Shingles.BANDS);
      for (int group = 0; group < groups; group++) {
        order[group] = ((long) keys[group * Shingles.BANDS + band] << 32) | group;
      }
      Arrays.sort(order);
      for (int from = 0; from < groups; ) {
        int to = from + 1;
        while (to < groups && order[to] >> 32 == order[from] >> 32) {
          to++;
        }
        if (to - from > 1) {
          compare(order, from, to);
        }
        from = to;
      }
    }
  }

  private void compare(long[] order, int from, int to) {
    long[][] sets = new long[to - from][];
    for (int i = from; i < to; i++) {
      int a = (int) order[i];
      for (int j = i + 1; j < to; j++) {
        int b = (int) order[j];
        if ((home[b] & ~seen[a]) == 0 && (home[a] & ~seen[b]) == 0) {
          continue; // nothing new to learn about either
        }
        long[] setOfA = sets[i - from] = sets[i - from] == null ? shingles(a) : sets[i - from];
        long[] setOfB = sets[j - from] = sets[j - from] == null ? shingles(b) : sets[j - from];
        if (Shingles.jaccard(setOfA, setOfB) >= threshold) {
          note(a, b);
          note(b, a);
        }
      }
    }
  }

  private void note(int group, int other) {
    seen[group] |= home[other];
    for (int part = 0; part < TextGroups.PARTS; part++) {
      int cell = group * TextGroups.PARTS + part;
      if (match[cell] < 0) {
        match[cell] = texts.first(other, part);
      }
    }
  }

  private long[] shingles(int group) {
    return Shingles.of(split.data().text(sample[group]), words);
  }
}
