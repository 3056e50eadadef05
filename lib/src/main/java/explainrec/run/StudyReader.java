package explainrec.run;

import explainrec.data.DataSets;
import explainrec.data.DataSettings;
import explainrec.data.InputException;
import explainrec.run.PlannedRun.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Makes a study of its YAML, and refuses at the line what cannot be. */
final class StudyReader {
  /** What a profile may have of its own. */
  private static final List<String> CHANGED = List.of("seeds", "metrics", "models", "search");

  private static final List<String> KEYS =
      List.of(
          "name",
          "title",
          "data",
          "kind",
          "seeds",
          "metrics",
          "models",
          "compare",
          "search",
          "profiles");
  private static final List<String> PROFILES = List.of("smoke", "quick", "paper");
  private static final List<String> MODEL =
      List.of("model", "kind", "tag", "settings", "seeds", "search");
  private static final List<String> COUNTS = List.of("seeds", "textSeeds", "explanationSeeds");
  private static final String ALIGN = "align"; // part of a run's name without a tag
  private static final int MOST = 100;

  private final Session session;
  private final Set<String> ofData = new TreeSet<>(RecordSettings.keys(DataSettings.class));
  private final Map<String, Integer> lines = new HashMap<>(); // of each run's folder

  StudyReader(Session session) {
    this.session = session;
  }

  StudyFile read(String yaml, String place, String stem) {
    YamlNode root = YamlNode.read(yaml, place);
    Map<String, YamlNode> fields = new LinkedHashMap<>(root.fields("a study", KEYS));
    for (String profile : profiles(fields).keySet()) {
      Map<String, YamlNode> own =
          fields.get("profiles").fields("profiles").get(profile).fields("a profile", CHANGED);
      if (profile.equals(session.profile())) {
        fields.putAll(own);
      }
    }
    String name = fields.containsKey("name") ? fields.get("name").text("name") : stem;
    if (!name.matches("[a-z0-9][a-z0-9-]*")) {
      throw at(fields, root, "name")
          .wrong("name = " + name + ": allowed are lower-case letters, digits and -");
    }
    String title = fields.containsKey("title") ? fields.get("title").text("title") : name;
    List<StudyModel> models = models(root, fields);
    return new StudyFile(
        name,
        title,
        data(fields.get("data")),
        models,
        metrics(fields.get("metrics"), models),
        compare(fields.get("compare"), models),
        new SearchReader(session).read(fields.get("search"), models, inlineSpaces(fields, models)));
  }

  private static YamlNode at(Map<String, YamlNode> fields, YamlNode root, String key) {
    return fields.getOrDefault(key, root);
  }

  private static Map<String, YamlNode> profiles(Map<String, YamlNode> fields) {
    return fields.containsKey("profiles")
        ? fields.get("profiles").fields("profiles", PROFILES)
        : Map.of();
  }

  private List<String> data(YamlNode node) {
    List<String> names = new ArrayList<>();
    if (node == null) {
      return names;
    }
    List<String> known = DataSets.names(session.home().resolve("data"));
    for (YamlNode item : node.items("data")) {
      String name = item.text("data");
      if (!known.contains(name) && !Files.exists(Path.of(name))) {
        throw item.wrong(
            "data set '"
                + name
                + "' is not known; there are "
                + String.join(", ", known)
                + " (others by ./kit fetch), or give the path of a file");
      }
      if (names.contains(name)) {
        throw item.wrong("data set " + name + " stands twice");
      }
      names.add(name);
    }
    return names;
  }

  private List<StudyMetric> metrics(YamlNode node, List<StudyModel> models) {
    List<Kind> kinds = models.stream().map(StudyModel::kind).distinct().toList();
    if (node == null) {
      return StudyMetric.usual(kinds);
    }
    Set<StudyMetric> metrics = new LinkedHashSet<>();
    for (YamlNode item : node.items("metrics")) {
      String key = item.text("metrics");
      StudyMetric found = null;
      for (StudyMetric metric : StudyMetric.values()) {
        found = metric.key().equals(key) && metric.isOf(kinds) ? metric : found;
      }
      if (found == null) {
        throw item.wrong(
            "metric '" + key + "' is not known here; there are " + StudyMetric.keys(kinds));
      }
      if (!metrics.add(found)) {
        throw item.wrong("metric " + key + " stands twice");
      }
    }
    return List.copyOf(metrics);
  }

  private static String compare(YamlNode node, List<StudyModel> models) {
    if (node == null) {
      return "";
    }
    String label = node.text("compare");
    List<String> labels = models.stream().map(StudyModel::label).toList();
    if (!labels.contains(label)) {
      throw node.wrong(
          "compare = " + label + ": no such model in this study; allowed is " + labels);
    }
    return label;
  }

  private List<StudyModel> models(YamlNode root, Map<String, YamlNode> fields) {
    if (!fields.containsKey("models")) {
      throw root.wrong("'models' is missing; a study has " + String.join(", ", KEYS));
    }
    List<StudyModel> models = new ArrayList<>();
    for (YamlNode item : fields.get("models").items("models")) {
      models.add(model(item, fields));
    }
    return models;
  }

  private StudyModel model(YamlNode item, Map<String, YamlNode> study) {
    Map<String, YamlNode> own =
        item.isText() ? Map.of("model", item) : item.fields("a model", MODEL);
    if (!own.containsKey("model")) {
      throw item.wrong("'model' is missing; a model has " + String.join(", ", MODEL));
    }
    YamlNode kindNode = own.getOrDefault("kind", study.get("kind"));
    if (kindNode == null) {
      throw item.wrong("'kind' is missing; allowed is ratings | reviews | explanations");
    }
    Kind kind = kind(kindNode);
    String id = own.get("model").text("model");
    String tag = own.containsKey("tag") ? own.get("tag").text("tag") : "";
    Map<String, String> settings = new LinkedHashMap<>();
    Map<String, YamlNode> given =
        own.containsKey("settings") ? own.get("settings").fields("settings") : Map.of();
    given.forEach((key, node) -> settings.put(key, setting(key, node)));
    YamlNode seeds = own.getOrDefault("seeds", study.get("seeds"));
    StudyModel model;
    try {
      model = new StudyModel(kind, id, tag, settings, seeds(seeds, kind));
      PlannedRun run = model.run(model.seeds().get(0));
      requireTag(item, model);
      session.with(settings); // each is in its range; are they together?
      requireRead(given, run);
      requireNew(item, run);
    } catch (InputException e) {
      throw e.getMessage().startsWith(item.place() + ":") ? e : item.wrong(e);
    }
    return model;
  }

  private static Kind kind(YamlNode node) {
    try {
      return Kind.of(node.text("kind"));
    } catch (InputException e) {
      throw e.getMessage().startsWith(node.place() + ":") ? e : node.wrong(e);
    }
  }

  private String setting(String key, YamlNode node) {
    String value = node.text(key);
    if (ofData.contains(key)) {
      throw node.wrong(
          key + " changes the data of all models; give it to the whole study, as --set " + key);
    }
    try {
      session.with(Map.of(key, value));
    } catch (InputException e) {
      throw node.wrong(e);
    }
    return value;
  }

  /** Settings without a tag would stand under the model's own name. */
  private static void requireTag(YamlNode item, StudyModel model) {
    Set<String> named = new LinkedHashSet<>(model.settings().keySet());
    if (model.kind() == Kind.EXPLANATIONS) {
      named.remove(ALIGN);
    }
    if (model.tag().isEmpty() && !named.isEmpty()) {
      throw item.wrong(
          model.model()
              + " with settings of its own needs a tag, such as tag: "
              + String.join("-", named).toLowerCase(java.util.Locale.ROOT));
    }
    boolean taken = model.tag().matches("(.*-)?reviews");
    if (model.kind() != Kind.EXPLANATIONS && !model.tag().isEmpty()) {
      taken |= isModel(model.kind(), model.label());
    }
    if (taken) {
      throw item.wrong(
          "tag " + model.tag() + ": " + model.label() + " is the name of other runs; choose one");
    }
  }

  private static boolean isModel(Kind kind, String label) {
    try {
      new PlannedRun(kind, label, "", Map.of(), 0);
      return true;
    } catch (InputException e) {
      return false;
    }
  }

  private void requireRead(Map<String, YamlNode> given, PlannedRun run) {
    Set<String> read = new TreeSet<>(run.reads(session));
    read.removeAll(ofData);
    given.forEach(
        (key, node) -> {
          if (!read.contains(key)) {
            throw node.wrong(
                key
                    + " changes nothing in "
                    + run.model()
                    + "; what does: "
                    + (read.isEmpty() ? "nothing" : String.join(", ", read)));
          }
        });
  }

  private void requireNew(YamlNode item, PlannedRun run) {
    String folder = run.folder(session).getFileName().toString().replaceFirst("-seed-?\\d+$", "");
    Integer first = lines.putIfAbsent(folder, item.line());
    if (first != null) {
      throw item.wrong(folder + " stands twice, first in line " + first + "; give it a tag");
    }
  }

  private List<Long> seeds(YamlNode node, Kind kind) {
    if (node == null) {
      return counted(COUNTS.get(kind.ordinal()));
    }
    if (node.isList()) {
      Set<Long> seeds = new LinkedHashSet<>();
      for (YamlNode item : node.items("seeds")) {
        long seed = item.number("seeds", Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (!seeds.add(seed)) {
          throw item.wrong("seed " + seed + " stands twice");
        }
      }
      return List.copyOf(seeds);
    }
    if (COUNTS.contains(node.text("seeds"))) {
      return counted(node.text("seeds"));
    }
    return from((int) node.number("seeds", 1, MOST));
  }

  private List<Long> counted(String setting) {
    StudySettings study = session.settings().study();
    return from((Integer) RecordSettings.values(study).get(setting));
  }

  /** The session's seed and those that follow it. */
  private List<Long> from(int count) {
    return LongStream.range(0, count).map(n -> session.seed() + n).boxed().toList();
  }

  /** Spaces that stand in the models themselves: label to node. */
  private static Map<String, YamlNode> inlineSpaces(
      Map<String, YamlNode> fields, List<StudyModel> models) {
    Map<String, YamlNode> spaces = new LinkedHashMap<>();
    List<YamlNode> items = fields.get("models").items("models");
    for (int n = 0; n < models.size(); n++) {
      YamlNode item = items.get(n);
      if (!item.isText() && item.fields("a model").containsKey("search")) {
        Map<String, YamlNode> own = item.fields("a model");
        spaces.put(models.get(n).label(), own.get("search"));
      }
    }
    return spaces;
  }
}
