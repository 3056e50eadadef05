package explainrec.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Learns pieces of words from texts by byte pair encoding (Sennrich, Haddow and Birch 2016):
 * starting from characters, the most frequent pair of neighbours becomes a piece of its own, again
 * and again.
 *
 * <p>Pairs never cross from letters to digits or punctuation marks, so that "great" and "great!"
 * share a piece. All printable ASCII characters are in, whatever the texts hold.
 */
public final class PieceTrainer {
  private static final int RARE = 2; // a pair seen less often is not worth a piece
  private static final int RARE_CHARACTER = 20; // nor is such a character, unless it is ASCII

  private final List<String> pieces = new ArrayList<>(Pieces.SPECIAL);
  private final Map<String, Integer> ids = new HashMap<>(); // of pieces that stand in texts
  private final List<Pieces.Merge> merges = new ArrayList<>();
  private final List<int[]> runs = new ArrayList<>(); // distinct, as ids of pieces
  private final List<Integer> counts = new ArrayList<>(); // how often each run stands in the texts
  private final Map<Pair, Integer> pairs = new HashMap<>();
  private final Map<Pair, TreeSet<Integer>> places = new HashMap<>(); // runs that may hold a pair
  private final PriorityQueue<Candidate> queue =
      new PriorityQueue<>(
          Comparator.comparingInt(Candidate::count)
              .reversed()
              .thenComparingInt(candidate -> candidate.pair().left())
              .thenComparingInt(candidate -> candidate.pair().right()));

  private PieceTrainer() {}

  private record Pair(int left, int right) {}

  /** A pair as often as it was when it was queued; the count may have changed since. */
  private record Candidate(Pair pair, int count) {}

  /**
   * Learns a vocabulary; the same texts in any order give the same one.
   *
   * @param texts to learn from
   * @param size pieces at most, special ones and sentinels included; characters are kept even when
   *     there are more of them
   * @param sentinels how many {@code <extra_id_N>} stand at the end
   * @return the vocabulary; smaller than {@code size} when every pair left is rare
   */
  public static Pieces train(Iterable<String> texts, int size, int sentinels) {
    PieceTrainer trainer = new PieceTrainer();
    trainer.read(texts);
    trainer.countPairs();
    while (trainer.pieces.size() + sentinels < size && trainer.mergeBest()) {
      // Each merge adds a piece, unless other halves made the same one before.
    }
    for (int number = sentinels - 1; number >= 0; number--) {
      trainer.pieces.add("<extra_id_" + number + ">");
    }
    return new Pieces(trainer.pieces, trainer.merges, sentinels);
  }

  private void read(Iterable<String> texts) {
    Map<String, Integer> frequencies = new TreeMap<>();
    for (String text : texts) {
      for (String word : text.strip().split("\\s+")) {
        if (!word.isEmpty()) {
          split(Pieces.WORD + word).forEach(run -> frequencies.merge(run, 1, Integer::sum));
        }
      }
    }
    Set<String> alphabet = alphabet(frequencies);
    alphabet.forEach(this::id);
    frequencies.forEach(
        (run, count) -> {
          List<String> characters = characters(run);
          if (alphabet.containsAll(characters)) {
            runs.add(characters.stream().mapToInt(this::id).toArray());
            counts.add(count);
          }
        });
  }

  /** The word mark, printable ASCII, and other characters that are not rare, in order. */
  private static Set<String> alphabet(Map<String, Integer> frequencies) {
    Map<String, Integer> seen = new TreeMap<>();
    frequencies.forEach(
        (run, count) -> characters(run).forEach(c -> seen.merge(c, count, Integer::sum)));
    seen.values().removeIf(count -> count < RARE_CHARACTER);
    Set<String> alphabet = new TreeSet<>(seen.keySet());
    for (char c = '!'; c <= '~'; c++) {
      alphabet.add(String.valueOf(c));
    }
    alphabet.add(Pieces.WORD);
    return alphabet;
  }

  /** The piece's id; a new one when it is new. */
  private int id(String piece) {
    return ids.computeIfAbsent(
        piece,
        key -> {
          pieces.add(key);
          return pieces.size() - 1;
        });
  }

  private static List<String> characters(String run) {
    return run.codePoints().mapToObj(Character::toString).toList();
  }

  /** Cuts a word, its mark in front, where letters, digits and other characters meet. */
  static List<String> split(String word) {
    List<String> found = new ArrayList<>();
    int from = 0;
    for (int n = 2; n < word.length(); n++) { // the mark belongs to what follows it
      if (kind(word, n) != kind(word, n - 1)) {
        found.add(word.substring(from, n));
        from = n;
      }
    }
    found.add(word.substring(from));
    return found;
  }

  /** Letters 0, digits 1, others 2; an apostrophe between letters is one of them, as in don't. */
  private static int kind(String word, int at) {
    char c = word.charAt(at);
    boolean inside = at > 1 && at + 1 < word.length();
    if (c == '\'' && inside) {
      return kind(word, at - 1) == 0 && Character.isLetter(word.charAt(at + 1)) ? 0 : 2;
    }
    return Character.isLetter(c) || Character.isSurrogate(c) ? 0 : Character.isDigit(c) ? 1 : 2;
  }

  private void countPairs() {
    for (int run = 0; run < runs.size(); run++) {
      add(run, 1);
    }
    pairs.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
  }

  /** Counts a run's pairs in (sign 1) or out (sign -1). */
  private void add(int run, int sign) {
    int[] ids = runs.get(run);
    for (int n = 0; n + 1 < ids.length; n++) {
      Pair pair = new Pair(ids[n], ids[n + 1]);
      pairs.merge(pair, sign * counts.get(run), Integer::sum);
      if (sign > 0) {
        places.computeIfAbsent(pair, key -> new TreeSet<>()).add(run);
      }
    }
  }

  /** Makes the most frequent pair a piece; false when there is none left worth it. */
  private boolean mergeBest() {
    Candidate best = queue.poll();
    while (best != null && best.count() != pairs.get(best.pair())) {
      best = queue.poll(); // out of date; the pair was queued again with its new count
    }
    if (best == null || best.count() < RARE) {
      return false;
    }
    Pair pair = best.pair();
    int merged = id(pieces.get(pair.left()) + pieces.get(pair.right()));
    merges.add(new Pieces.Merge(pieces.get(pair.left()), pieces.get(pair.right())));
    Map<Pair, Integer> before = new HashMap<>();
    for (int run : places.remove(pair)) {
      remember(run, before);
      add(run, -1);
      runs.set(run, join(runs.get(run), pair, merged));
      remember(run, before);
      add(run, 1);
    }
    before.forEach(
        (changed, count) -> {
          if (!count.equals(pairs.get(changed))) {
            queue.add(new Candidate(changed, pairs.get(changed)));
          }
        });
    return true;
  }

  private void remember(int run, Map<Pair, Integer> before) {
    int[] ids = runs.get(run);
    for (int n = 0; n + 1 < ids.length; n++) {
      Pair pair = new Pair(ids[n], ids[n + 1]);
      before.putIfAbsent(pair, pairs.getOrDefault(pair, 0));
    }
  }

  private static int[] join(int[] ids, Pair pair, int merged) {
    int[] joined = new int[ids.length];
    int length = 0;
    for (int n = 0; n < ids.length; n++) {
      if (n + 1 < ids.length && ids[n] == pair.left() && ids[n + 1] == pair.right()) {
        joined[length++] = merged;
        n++;
      } else {
        joined[length++] = ids[n];
      }
    }
    return Arrays.copyOf(joined, length);
  }
}
