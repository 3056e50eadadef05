package explainrec.backbones;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where the tokens of a batch stand. Everything but attention runs packed, on a row for each token
 * that is real; attention runs padded, on a row for each sequence. Tokens that have the same tokens
 * before them, as those of a request's samples do at first, share a packed row where {@link
 * WordBatch#shared} says so.
 *
 * <p>N sequences with a token that is asked for, p tokens before the first word (user, item and in
 * PETER+ the feature), S = p + L their longest tokens, G requests that are told apart, U packed
 * rows of words, M = p G + U packed rows: users, items, features, then words.
 *
 * @param sequences N
 * @param length S
 * @param requests a place among the requests for each of the G, (G)
 * @param words the word that each packed row of a word reads, (U)
 * @param positions of each packed row in its sequence, (M)
 * @param spread the packed row of each padded place, 0 where there is no token, (N S)
 * @param places one padded place of each packed row, (M)
 */
record PeterLayout(
    int sequences,
    int length,
    int[] requests,
    long[] words,
    long[] positions,
    long[] spread,
    long[] places) {

  /**
   * Lays a batch out.
   *
   * @param requests one a sequence
   * @param batch the sequences; its places get packed rows of their own, in their order
   * @param before p
   * @param share whether equal requests that stand side by side share rows
   * @return the layout
   */
  static PeterLayout of(Requests requests, WordBatch batch, int before, boolean share) {
    int[] last = new int[batch.size()]; // how many tokens of each sequence are read
    for (long place : batch.places()) {
      last[(int) place / batch.length()] = (int) place % batch.length() + 1;
    }
    int[] groups = groups(requests, share);
    int[] read = IntStream.range(0, last.length).filter(n -> last[n] > 0).toArray();
    Maker maker = new Maker(read.length, before, batch.length(), first(groups));
    Map<Long, Integer> branches = new HashMap<>(); // a packed row and a word to the row after it
    int next = 0;
    for (int n = 0; n < read.length; n++) {
      maker.request(n, groups[read[n]]);
      int row = -1 - groups[read[n]];
      for (int at = 0; at < last[read[n]]; at++) {
        int place = read[n] * batch.length() + at;
        long branch = ((long) row << Integer.SIZE) + batch.inputs()[place];
        boolean own = next < batch.places().length && batch.places()[next] == place;
        row = own ? next++ : branches.get(branch);
        branches.put(branch, row);
        maker.word(n, at, row);
      }
    }
    long[] words =
        Arrays.stream(batch.places()).map(place -> batch.inputs()[(int) place]).toArray();
    return maker.layout(words);
  }

  /**
   * Lays requests out without words.
   *
   * @param requests (N)
   * @param before p
   * @return the layout
   */
  static PeterLayout of(Requests requests, int before) {
    int[] groups = groups(requests, false);
    Maker maker = new Maker(groups.length, before, 0, first(groups));
    for (int n = 0; n < groups.length; n++) {
      maker.request(n, n);
    }
    return maker.layout(new long[0]);
  }

  /** Numbers requests, equal neighbours alike. */
  private static int[] groups(Requests requests, boolean share) {
    int[] groups = new int[requests.size()];
    for (int n = 1; n < groups.length; n++) {
      groups[n] = groups[n - 1] + (share && requests.equal(n - 1, n) ? 0 : 1);
    }
    return groups;
  }

  /** The first request of each group, (G). */
  private static int[] first(int[] groups) {
    return IntStream.range(0, groups.length)
        .filter(n -> n == 0 || groups[n] != groups[n - 1])
        .toArray();
  }

  /** Fills the arrays. */
  private static final class Maker {
    private final int sequences;
    private final int before;
    private final int length;
    private final int[] requests;
    private final long[] spread;

    Maker(int sequences, int before, int longest, int[] requests) {
      this.sequences = sequences;
      this.before = before;
      this.length = before + longest;
      this.requests = requests;
      this.spread = new long[sequences * length];
    }

    void request(int sequence, int group) {
      for (int at = 0; at < before; at++) {
        spread[sequence * length + at] = (long) at * requests.length + group;
      }
    }

    void word(int sequence, int at, int row) {
      spread[sequence * length + before + at] = (long) before * requests.length + row;
    }

    PeterLayout layout(long[] words) {
      long[] places = new long[before * requests.length + words.length];
      long[] positions = new long[places.length];
      for (int place = spread.length - 1; place >= 0; place--) { // row 0's own place comes last
        places[(int) spread[place]] = place;
        positions[(int) spread[place]] = place % length;
      }
      return new PeterLayout(sequences, length, requests, words, positions, spread, places);
    }
  }
}
