package explainrec.t5;

import explainrec.text.Pieces;
import java.util.SplittableRandom;

/**
 * T5's own objective (Raffel et al. 2020, section 3.1.4): spans of a text are masked, each by a
 * sentinel of its own, and the decoder writes what stood there, each span behind its sentinel.
 *
 * <p>"thank you for inviting me to your party" may become "thank you [0] me to your [1]" and the
 * answer "[0] for inviting [1] party". As in T5's own code, a text starts with what is kept and
 * ends with what is masked.
 *
 * @param pieces knows the sentinels
 * @param share of the pieces that is masked
 * @param meanSpan pieces of a masked span on average
 */
record SpanCorruption(Pieces pieces, double share, double meanSpan) implements Objective {
  private static final double SHARE = 0.15;
  private static final double MEAN_SPAN = 3;

  /** As T5 was trained: 15% masked, in spans of three. */
  SpanCorruption(Pieces pieces) {
    this(pieces, SHARE, MEAN_SPAN);
  }

  @Override
  public Example of(int[] text, SplittableRandom random) {
    int length = text.length - 1; // without the end
    if (length < 2) { // nothing to keep: the text itself is asked for
      return new Example(new int[] {pieces.sentinel(0), Pieces.END}, behind(0, text));
    }
    int masked = Math.min(Math.max((int) Math.round(length * share), 1), length - 1);
    int spans = Math.max((int) Math.round(masked / meanSpan), 1);
    spans = Math.min(Math.min(spans, pieces.sentinels()), length - masked);
    return mask(text, partition(length - masked, spans, random), partition(masked, spans, random));
  }

  private int[] behind(int sentinel, int[] text) {
    int[] target = new int[text.length + 1];
    target[0] = pieces.sentinel(sentinel);
    System.arraycopy(text, 0, target, 1, text.length);
    return target;
  }

  /**
   * Masks given spans.
   *
   * @param text ids, the end id last
   * @param kept pieces before each masked span
   * @param masked pieces of each masked span; together with the kept ones all but the end
   * @return the question and its answer
   */
  Example mask(int[] text, int[] kept, int[] masked) {
    int keptPieces = java.util.Arrays.stream(kept).sum();
    int[] input = new int[keptPieces + kept.length + 1];
    int[] target = new int[text.length - 1 - keptPieces + kept.length + 1];
    int from = 0;
    int in = 0;
    int out = 0;
    for (int span = 0; span < kept.length; span++) {
      System.arraycopy(text, from, input, in, kept[span]);
      in += kept[span];
      from += kept[span];
      input[in++] = pieces.sentinel(span);
      target[out++] = pieces.sentinel(span);
      System.arraycopy(text, from, target, out, masked[span]);
      out += masked[span];
      from += masked[span];
    }
    input[in] = Pieces.END;
    target[out] = Pieces.END;
    return new Example(input, target);
  }

  /** Divides a number into parts of at least 1, every way as likely. */
  static int[] partition(int total, int parts, SplittableRandom random) {
    int[] sizes = new int[parts];
    int part = 0;
    sizes[0] = 1;
    for (int left = total - 1, cuts = parts - 1; left > 0; left--) {
      if (random.nextInt(left) < cuts) { // this place is one of the cuts that are left to make
        cuts--;
        part++;
      }
      sizes[part]++;
    }
    return sizes;
  }
}
