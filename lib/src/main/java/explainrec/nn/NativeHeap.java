package explainrec.nn;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;

/**
 * The C library's heap, on which PyTorch's arrays below some size live. Where their sizes differ
 * from step to step, as those of drawn texts do, the heap is full of gaps that fit the next step's
 * arrays badly, and it grows although nothing is lost: to twice what is in use, over some hundred
 * steps of the policy gradient. glibc gives the gaps' pages back when asked; other C libraries are
 * left alone.
 */
final class NativeHeap {
  // Pages given back have to be asked for again, which takes tenths of a second where they are
  // gigabytes: seldom enough that no training feels it.
  private static final long EVERY_SECONDS = 30;

  private static final Function TRIM = find();

  private long last = System.nanoTime();

  private static Function find() {
    try {
      return NativeLibrary.getInstance("c").getFunction("malloc_trim");
    } catch (UnsatisfiedLinkError e) {
      return null; // not glibc
    }
  }

  /** Gives gaps back, unless it did so less than half a minute ago. */
  void trimNowAndThen() {
    if (System.nanoTime() - last > EVERY_SECONDS * 1_000_000_000L) {
      trim();
      last = System.nanoTime();
    }
  }

  /**
   * Gives gaps back.
   *
   * @return whether there were any
   */
  static boolean trim() {
    return TRIM != null && TRIM.invokeInt(new Object[] {new NativeLong(0)}) == 1;
  }
}
