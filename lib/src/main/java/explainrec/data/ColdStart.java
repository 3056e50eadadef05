package explainrec.data;

import java.util.BitSet;

/**
 * Test rows about users or items that have no train row.
 *
 * @param users users that stand in test but not in train
 * @param items items that stand in test but not in train
 * @param rowsOfColdUsers test rows of such users
 * @param rowsOfColdItems test rows of such items
 * @param rowsOfEither test rows where the user or the item is cold
 */
public record ColdStart(
    int users, int items, int rowsOfColdUsers, int rowsOfColdItems, int rowsOfEither) {

  /**
   * Counts the cold starts of a split.
   *
   * @param split the split
   * @return the counts
   */
  public static ColdStart of(Split split) {
    boolean[] byUser = users(split);
    boolean[] byItem = items(split);
    BitSet coldUsers = new BitSet();
    BitSet coldItems = new BitSet();
    int rowsByUser = 0;
    int rowsByItem = 0;
    int either = 0;
    for (int n = 0; n < byUser.length; n++) {
      int row = split.test()[n];
      if (byUser[n]) {
        coldUsers.set(split.data().user(row));
        rowsByUser++;
      }
      if (byItem[n]) {
        coldItems.set(split.data().item(row));
        rowsByItem++;
      }
      if (byUser[n] || byItem[n]) {
        either++;
      }
    }
    return new ColdStart(
        coldUsers.cardinality(), coldItems.cardinality(), rowsByUser, rowsByItem, either);
  }

  /**
   * Marks the test rows whose user has no train row.
   *
   * @param split the split
   * @return one flag a test row, in the order of {@link Split#test()}
   */
  public static boolean[] users(Split split) {
    BitSet known = new BitSet();
    for (int row : split.train()) {
      known.set(split.data().user(row));
    }
    boolean[] cold = new boolean[split.test().length];
    for (int n = 0; n < cold.length; n++) {
      cold[n] = !known.get(split.data().user(split.test()[n]));
    }
    return cold;
  }

  /**
   * Marks the test rows whose item has no train row.
   *
   * @param split the split
   * @return one flag a test row, in the order of {@link Split#test()}
   */
  public static boolean[] items(Split split) {
    BitSet known = new BitSet();
    for (int row : split.train()) {
      known.set(split.data().item(row));
    }
    boolean[] cold = new boolean[split.test().length];
    for (int n = 0; n < cold.length; n++) {
      cold[n] = !known.get(split.data().item(split.test()[n]));
    }
    return cold;
  }
}
