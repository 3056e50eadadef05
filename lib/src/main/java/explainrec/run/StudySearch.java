package explainrec.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A search for settings, the same number of trials for every model of a study.
 *
 * @param trials for each model, 1..1000
 * @param seed of the order in which settings are tried, and of every trial's training
 * @param order {@code random}: combinations drawn without repeats; {@code grid}: in the order of
 *     the file, the last setting changing fastest
 * @param unequal whether models without a space are allowed; they are not tuned
 * @param spaces a model's label to its settings, each with the values to try; empty for a model
 *     that has nothing to tune
 */
public record StudySearch(
    int trials,
    long seed,
    String order,
    boolean unequal,
    Map<String, Map<String, List<String>>> spaces) {
  /** Copies the spaces. */
  public StudySearch {
    spaces = new LinkedHashMap<>(spaces);
  }

  /**
   * The settings to try for a model.
   *
   * @param label the model's
   * @return as many as there are trials, each once; empty for a model without a space
   */
  public List<Map<String, String>> trials(String label) {
    Map<String, List<String>> space = spaces.get(label);
    if (space == null) {
      return List.of();
    }
    long all = space.values().stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
    Set<Long> chosen = new LinkedHashSet<>();
    SplittableRandom random = new SplittableRandom(seed);
    while (chosen.size() < trials) {
      chosen.add(order.equals("grid") ? chosen.size() : random.nextLong(all));
    }
    return chosen.stream().map(number -> combination(space, number)).toList();
  }

  /** The numbered combination, the last setting changing fastest. */
  private static Map<String, String> combination(Map<String, List<String>> space, long number) {
    List<Map.Entry<String, List<String>>> settings = new ArrayList<>(space.entrySet());
    Map<String, String> chosen = new TreeMap<>();
    long rest = number;
    for (int n = settings.size() - 1; n >= 0; n--) {
      List<String> values = settings.get(n).getValue();
      chosen.put(settings.get(n).getKey(), values.get((int) (rest % values.size())));
      rest /= values.size();
    }
    return chosen;
  }
}
