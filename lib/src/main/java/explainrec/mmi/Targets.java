package explainrec.mmi;

import java.util.List;

/**
 * The values y that explanations are aligned with, by number, each with the vector that T reads.
 *
 * @param names what tables call each, (C)
 * @param vectors not to be changed, (C, k)
 */
public record Targets(List<String> names, float[][] vectors) {
  /** Freezes the names. */
  public Targets {
    names = List.copyOf(names);
    if (names.size() != vectors.length || vectors.length == 0) {
      throw new IllegalArgumentException(names.size() + " names, " + vectors.length + " vectors");
    }
  }

  /**
   * The five ratings, one-hot.
   *
   * @return (5, 5)
   */
  public static Targets ratings() {
    float[][] vectors = new float[RatingClasses.COUNT][RatingClasses.COUNT];
    for (int n = 0; n < vectors.length; n++) {
      vectors[n][n] = 1;
    }
    return new Targets(List.of("1", "2", "3", "4", "5"), vectors);
  }

  /**
   * Words with vectors of an encoder, all scaled by one number so that their values are of size 1
   * (root mean square): T starts from small weights, and would take long to hear small vectors.
   *
   * @param words names
   * @param vectors of each, (C, k)
   * @return a scaled copy
   */
  public static Targets words(List<String> words, List<float[]> vectors) {
    double square = 0;
    long count = 0;
    for (float[] vector : vectors) {
      for (float value : vector) {
        square += value * value;
      }
      count += vector.length;
    }
    float scale = square > 0 ? (float) Math.sqrt(count / square) : 1;
    float[][] scaled = vectors.stream().map(float[]::clone).toArray(float[][]::new);
    for (float[] vector : scaled) {
      for (int n = 0; n < vector.length; n++) {
        vector[n] *= scale;
      }
    }
    return new Targets(words, scaled);
  }

  /** C. */
  public int size() {
    return names.size();
  }

  /** k. */
  public int width() {
    return vectors[0].length;
  }
}
