package explainrec.data;

/**
 * SplitMix64, written out so that a world is the same on every machine and every Java version.
 *
 * <p>Each entity (a user, an item, a row) has a generator of its own, addressed by seed, stream and
 * index; so no draw depends on the order in which other entities were drawn.
 */
final class WorldRandom {
  /** What a generator is used for; the order is part of the world's definition. */
  enum Stream {
    USER,
    ITEM,
    PAIRS,
    RATINGS,
    CONTENT,
    PHRASES,
    REPOSTS,
    DATES,
    SAMPLES
  }

  private static final long STEP = 0x9E3779B97F4A7C15L;
  private long state;

  /**
   * Opens one entity's stream.
   *
   * @param seed the world's seed
   * @param stream what is drawn
   * @param index the entity's number
   */
  WorldRandom(long seed, Stream stream, long index) {
    state = mix(mix(mix(seed) + STEP * (stream.ordinal() + 1)) + STEP * (index + 1));
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The next 64 bits. */
  long nextLong() {
    state += STEP;
    return mix(state);
  }

  /** Uniform on [0, 1), a multiple of 2^-53. */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform on 0..bound-1. */
  int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** Standard normal, by Box and Muller's cosine branch. */
  double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /** Exponential with mean 1. */
  double nextExponential() {
    return -StrictMath.log(1 - nextDouble());
  }

  /**
   * Draws an index by weight.
   *
   * @param weights non-negative, summing to 1
   * @return 0..weights.length-1
   */
  int nextIndex(double[] weights) {
    double u = nextDouble();
    double sum = 0;
    for (int k = 0; k < weights.length - 1; k++) {
      sum += weights[k];
      if (u < sum) {
        return k;
      }
    }
    return weights.length - 1;
  }

  /** Shuffles in place (Fisher and Yates). */
  void shuffle(int[] values) {
    for (int k = values.length - 1; k > 0; k--) {
      int other = nextInt(k + 1);
      int kept = values[k];
      values[k] = values[other];
      values[other] = kept;
    }
  }
}
