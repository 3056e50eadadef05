package explainrec.data;

import java.util.BitSet;

/** The filters over users' and items' numbers of reviews, on row masks. */
final class Filters {
  private Filters() {}

  /** One pass: rows whose user and item, counted at once, both have enough rows. */
  static BitSet single(Columns columns, BitSet rows, int users, int items, int min) {
    int[] perUser = new int[users];
    int[] perItem = new int[items];
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      perUser[columns.user[row]]++;
      perItem[columns.item[row]]++;
    }
    BitSet left = new BitSet(columns.size);
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      if (perUser[columns.user[row]] >= min && perItem[columns.item[row]] >= min) {
        left.set(row);
      }
    }
    return left;
  }

  /** Repeats the pass until every user and item left has enough rows. */
  static BitSet core(Columns columns, BitSet rows, int users, int items, int min) {
    BitSet before = rows;
    BitSet left = single(columns, before, users, items, min);
    while (left.cardinality() < before.cardinality()) {
      before = left;
      left = single(columns, before, users, items, min);
    }
    return left;
  }

  /** Counts the rows of a mask and their users and items. */
  static FilterStep count(String name, Columns columns, BitSet rows) {
    BitSet users = new BitSet();
    BitSet items = new BitSet();
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      users.set(columns.user[row]);
      items.set(columns.item[row]);
    }
    return new FilterStep(name, rows.cardinality(), users.cardinality(), items.cardinality());
  }
}
