package explainrec.run;

import java.util.List;

/**
 * What a trained rating module makes of aspects, as written to {@code aspects.json} beside the
 * run's {@code run.json}: the attention of users and items, the vectors of some users, and some
 * test pairs. Charts of attention and of aspect vectors are made from these files alone. Users and
 * items are numbers of the prepared data; no names and no texts are in it.
 *
 * <p>A is the number of aspects.
 *
 * @param kind {@code aspects}
 * @param format version of this file's form, now 1
 * @param model the run's model, tag included
 * @param title its name in tables
 * @param profile {@code smoke}, {@code quick} or {@code paper}
 * @param seed the run's seed
 * @param data what was learnt from
 * @param users attention on the user side; null for models without attention
 * @param items attention on the item side; null for models without attention
 * @param vectors where aspect vectors of users lie
 * @param pairs some test pairs
 */
public record AspectResult(
    String kind,
    int format,
    String model,
    String title,
    String profile,
    long seed,
    RunResult.Data data,
    Side users,
    Side items,
    Vectors vectors,
    List<Pair> pairs) {

  /** The {@code kind} of these files. */
  public static final String KIND = "aspects";

  /**
   * Attention of users, or of items.
   *
   * @param numbers whose, ascending, (n)
   * @param attention alpha of eq. 3, each row summing to 1, (n, A)
   * @param truth what is true of them in the generated world, (n, A); null elsewhere
   * @param truthName what that is, a few words; null elsewhere
   */
  public record Side(int[] numbers, float[][] attention, float[][] truth, String truthName) {}

  /**
   * Aspect vectors a_u (eq. 2) of some users, as their first principal components: enough to
   * project them again, in a hundredth of the space.
   *
   * @param users whose, ascending, (n)
   * @param components of every aspect and user, all centred together, (A, n, k)
   * @param shares of the vectors' variance that each component holds, (k)
   */
  public record Vectors(int[] users, float[][][] components, double[] shares) {}

  /**
   * One test pair.
   *
   * @param row its row in the prepared data
   * @param user number
   * @param item number
   * @param overall predicted overall rating
   * @param overallTruth the real one
   * @param aspects predicted aspect ratings, (A)
   * @param aspectTruth the real ones, (A)
   * @param userAttention alpha_u, (A); null for models without attention
   * @param itemAttention alpha_i, (A); null for models without attention
   * @param importance the user's true importance, (A); null but for the generated world
   */
  public record Pair(
      int row,
      int user,
      int item,
      float overall,
      float overallTruth,
      float[] aspects,
      float[] aspectTruth,
      float[] userAttention,
      float[] itemAttention,
      float[] importance) {}
}
