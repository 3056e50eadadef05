package explainrec.backbones;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the tokens of a batch stand. Everything but attention runs packed, on a row for each token
 * that is real; attention runs padded, on a row for each sequence. Tokens that have the same tokens
 * before them, as those of a request's samples do at first, can share a packed row.
 *
 * <p>N sequences, S = p + L their longest tokens, p tokens before the first word (user, item and in
 * PETER+ the feature), G requests that are told apart, U packed rows of words, M = p G + U packed
 * rows: users, items, features, then words.
 *
 * @param sequences N
 * @param length S
 * @param requests a place among the requests for each of the G, (G)
 * @param words the word that each packed row of a word reads, (U)
 * @param positions of each packed row in its sequence, (M)
 * @param spread the packed row of each padded place, 0 where there is no token, (N S)
 * @param places one padded place of each packed row, (M)
 * @param states the packed row of a word, from 0, that tells each real token, (T)
 */
record PeterLayout(
    int sequences,
    int length,
    int[] requests,
    long[] words,
    long[] positions,
    long[] spread,
    long[] places,
    int[] states) {

  /**
   * Lays a batch out.
   *
   * @param requests one a sequence, (N)
   * @param batch the sequences
   * @param before p
   * @param share whether tokens share rows; not with dropout, which drops each its own values
   * @return the layout
   */
  static PeterLayout of(Requests requests, WordBatch batch, int before, boolean share) {
    return new Maker(batch.size(), before, batch.length()).make(requests, batch, share);
  }

  /**
   * Lays requests out without words.
   *
   * @param requests (N)
   * @param before p
   * @return the layout
   */
  static PeterLayout of(Requests requests, int before) {
    Maker maker = new Maker(requests.size(), before, 0);
    maker.requests(requests, false);
    return maker.layout(new long[0], new int[0]);
  }

  /** Packed rows of users, as many of items, and so on, G. */
  int shared() {
    return requests.length;
  }

  /** Fills the arrays. */
  private static final class Maker {
    private final int sequences;
    private final int before;
    private final int length;
    private final long[] spread;
    private final int[] group; // request of each sequence, (N)
    private int[] first; // sequence of each group, (G)

    Maker(int sequences, int before, int longest) {
      this.sequences = sequences;
      this.before = before;
      this.length = before + longest;
      this.spread = new long[sequences * length];
      this.group = new int[sequences];
    }

    PeterLayout make(Requests requests, WordBatch batch, boolean share) {
      requests(requests, share);
      Map<Long, Integer> branches = new HashMap<>(); // row before and word to row
      int longest = length - before;
      long[] words = new long[batch.tokens().length];
      int[] states = new int[batch.tokens().length];
      int count = 0;
      int parent = 0;
      for (int n = 0; n < states.length; n++) {
        int place = (int) batch.places()[n];
        int sequence = place / longest;
        int at = place % longest;
        long word = batch.inputs()[place];
        int next = count;
        if (share) {
          int from = at == 0 ? -1 - group[sequence] : parent;
          Integer known = branches.putIfAbsent(((long) from << Integer.SIZE) + word, count);
          next = known == null ? count : known;
        }
        if (next == count) {
          words[count++] = word;
        }
        states[n] = next;
        parent = next;
        spread[sequence * length + before + at] = (long) before * first.length + next;
      }
      return layout(Arrays.copyOf(words, count), states);
    }

    void requests(Requests requests, boolean share) {
      first = new int[sequences];
      int count = 0;
      for (int n = 0; n < sequences; n++) {
        if (!share || n == 0 || !same(requests, n - 1, n)) {
          first[count++] = n;
        }
        group[n] = count - 1;
      }
      first = Arrays.copyOf(first, count);
      for (int n = 0; n < sequences; n++) {
        for (int at = 0; at < before; at++) {
          spread[n * length + at] = (long) at * count + group[n];
        }
      }
    }

    private static boolean same(Requests requests, int one, int other) {
      return requests.users()[one] == requests.users()[other]
          && requests.items()[one] == requests.items()[other]
          && requests.features()[one] == requests.features()[other];
    }

    PeterLayout layout(long[] words, int[] states) {
      long[] places = new long[before * first.length + words.length];
      long[] positions = new long[places.length];
      for (int place = spread.length - 1; place >= 0; place--) { // padding's 0 comes to its own
        places[(int) spread[place]] = place;
        positions[(int) spread[place]] = place % length;
      }
      return new PeterLayout(sequences, length, first, words, positions, spread, places, states);
    }
  }
}
