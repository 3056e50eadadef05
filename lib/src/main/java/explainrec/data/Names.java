package explainrec.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ids of users or items, numbered from 0 in order of first appearance. */
final class Names {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  int number(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    numbers.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  String get(int number) {
    return names.get(number);
  }

  int size() {
    return names.size();
  }

  /** Renumbers a column so that only names in use are left, in order of first appearance. */
  List<String> compact(int[] column) {
    int[] renamed = new int[names.size()];
    Arrays.fill(renamed, -1);
    List<String> used = new ArrayList<>();
    for (int row = 0; row < column.length; row++) {
      int old = column[row];
      if (renamed[old] < 0) {
        renamed[old] = used.size();
        used.add(names.get(old));
      }
      column[row] = renamed[old];
    }
    return List.copyOf(used);
  }
}
