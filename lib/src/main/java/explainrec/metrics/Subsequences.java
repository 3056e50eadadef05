package explainrec.metrics;

import java.util.BitSet;

/** Longest common subsequences of two token lists, given as numbers. */
final class Subsequences {
  private Subsequences() {}

  /**
   * The length of a longest common subsequence, in one row of memory.
   *
   * @param a numbers of one list's tokens
   * @param b those of the other
   * @return 0 to the shorter length
   */
  static int length(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    for (int token : a) {
      int diagonal = 0;
      for (int j = 1; j <= b.length; j++) {
        int above = row[j];
        row[j] = token == b[j - 1] ? diagonal + 1 : Math.max(above, row[j - 1]);
        diagonal = above;
      }
    }
    return row[b.length];
  }

  /**
   * Marks the places of one longest common subsequence: of several, the one that rouge_score finds,
   * read out from the end, where on equal lengths the reference steps back first.
   *
   * @param reference numbers of the reference's tokens
   * @param hypothesis those of the hypothesis
   * @param places gets the marked places of the reference, besides those it has
   */
  static void mark(int[] reference, int[] hypothesis, BitSet places) {
    int[][] table = table(reference, hypothesis);
    int i = reference.length;
    int j = hypothesis.length;
    while (i > 0 && j > 0) {
      if (reference[i - 1] == hypothesis[j - 1]) {
        places.set(i - 1);
        i--;
        j--;
      } else if (table[i][j - 1] > table[i - 1][j]) {
        j--;
      } else {
        i--;
      }
    }
  }

  private static int[][] table(int[] a, int[] b) {
    int[][] table = new int[a.length + 1][b.length + 1];
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        table[i][j] =
            a[i - 1] == b[j - 1]
                ? table[i - 1][j - 1] + 1
                : Math.max(table[i - 1][j], table[i][j - 1]);
      }
    }
    return table;
  }
}
