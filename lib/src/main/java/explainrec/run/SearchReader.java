package explainrec.run;

import explainrec.data.Check;
import explainrec.data.DataSettings;
import explainrec.data.InputException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a search for settings of its YAML: the same number of trials for every model. */
final class SearchReader {
  private static final List<String> KEYS = List.of("trials", "seed", "order", "unequal", "space");
  private static final int MOST = 1000;

  private final Session session;

  SearchReader(Session session) {
    this.session = session;
  }

  /**
   * Reads a search.
   *
   * @param node of the study; null for none
   * @param models of the study
   * @param inline spaces that stand in the models, by label
   * @return null for none
   */
  StudySearch read(YamlNode node, List<StudyModel> models, Map<String, YamlNode> inline) {
    if (node == null) {
      for (YamlNode space : inline.values()) {
        throw space.wrong("a model's search needs the study's, such as search: {trials: 4}");
      }
      return null;
    }
    Map<String, YamlNode> fields = node.fields("search", KEYS);
    if (!fields.containsKey("trials")) {
      throw node.wrong("'trials' is missing; search has " + String.join(", ", KEYS));
    }
    int trials = (int) fields.get("trials").number("trials", 1, MOST);
    long seed =
        fields.containsKey("seed")
            ? fields.get("seed").number("seed", Integer.MIN_VALUE, Integer.MAX_VALUE)
            : session.seed();
    boolean unequal = word(fields.get("unequal"), "unequal", "false", "true").equals("true");
    Map<String, YamlNode> spaces = new LinkedHashMap<>(inline);
    if (fields.containsKey("space")) {
      Map<String, YamlNode> own = fields.get("space").fields("space");
      own.forEach((label, space) -> put(spaces, label, space));
    }
    Map<String, Map<String, List<String>>> read = new LinkedHashMap<>();
    Set<String> labels = new LinkedHashSet<>();
    for (StudyModel model : models) {
      if (!labels.add(model.label())) {
        throw node.wrong("two models are called " + model.label() + "; give one a tag");
      }
      YamlNode space = spaces.remove(model.label());
      if (space != null) {
        read.put(model.label(), space(space, model, trials));
      } else if (!unequal && tunable(model)) {
        throw node.wrong(
            model.label()
                + " has no space: no model is tuned more than another; give it one, or say"
                + " unequal: true");
      }
    }
    spaces.forEach(
        (label, space) -> {
          throw space.wrong("space of " + label + ": no such model in this study");
        });
    String order = word(fields.get("order"), "order", "random", "grid");
    StudySearch search = new StudySearch(trials, seed, order, unequal, read);
    models.forEach(model -> requireTogether(node, search, model));
    return search;
  }

  /** Each value is in its range; are those of a trial together? */
  private void requireTogether(YamlNode node, StudySearch search, StudyModel model) {
    for (Map<String, String> trial : search.trials(model.label())) {
      try {
        session.with(model.settings()).with(trial);
      } catch (InputException e) {
        throw node.wrong(e);
      }
    }
  }

  private static void put(Map<String, YamlNode> spaces, String label, YamlNode space) {
    if (spaces.put(label, space) != null) {
      throw space.wrong("space of " + label + " stands twice: here and in the model itself");
    }
  }

  private static String word(YamlNode node, String key, String usual, String other) {
    if (node == null) {
      return usual;
    }
    String word = node.text(key);
    try {
      Check.oneOf(key, word, usual, other);
    } catch (InputException e) {
      throw node.wrong(e);
    }
    return word;
  }

  /** Whether a model has settings of its own at all. */
  private boolean tunable(StudyModel model) {
    return !own(model).isEmpty();
  }

  private Set<String> own(StudyModel model) {
    Set<String> names = new LinkedHashSet<>(model.runs().get(0).reads(session));
    names.removeAll(RecordSettings.keys(DataSettings.class));
    names.retainAll(session.settings().keys());
    return names;
  }

  private Map<String, List<String>> space(YamlNode node, StudyModel model, int trials) {
    Set<String> allowed = own(model);
    Map<String, List<String>> space = new LinkedHashMap<>();
    long combinations = 1;
    for (Map.Entry<String, YamlNode> entry : node.fields("a space").entrySet()) {
      YamlNode values = entry.getValue();
      if (!allowed.contains(entry.getKey())) {
        throw values.wrong(
            entry.getKey() + " is no setting of " + model.model() + "; there are " + allowed);
      }
      space.put(entry.getKey(), values(values, entry.getKey(), model));
      combinations = Math.min(Integer.MAX_VALUE, combinations * space.get(entry.getKey()).size());
    }
    if (combinations < trials) {
      throw node.wrong(
          "the space of "
              + model.label()
              + " has "
              + combinations
              + " combinations for "
              + trials
              + " trials; give it more values, or all models fewer trials");
    }
    return space;
  }

  private List<String> values(YamlNode node, String key, StudyModel model) {
    Set<String> values = new LinkedHashSet<>();
    for (YamlNode item : node.items(key)) {
      String value = item.text(key);
      try {
        session.with(model.settings()).with(Map.of(key, value));
      } catch (InputException e) {
        throw item.wrong(e);
      }
      if (!values.add(value)) {
        throw item.wrong(key + " = " + value + " stands twice");
      }
    }
    return List.copyOf(values);
  }
}
