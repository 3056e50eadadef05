package explainrec.run;

import explainrec.data.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An experiment as data: which models with which settings and seeds, and which numbers of theirs
 * make the table. Read from YAML, and checked whole before anything runs.
 *
 * <pre>{@code
 * title: Does scaling the attention help?
 * kind: ratings
 * seeds: 3
 * metrics: [rmse, mae]
 * models:
 *   - elixir
 *   - {model: elixir, tag: scaled, settings: {attentionScale: sqrt}}
 * }</pre>
 *
 * @param name of its tables: the file's name, or what it says
 * @param title stands above the table
 * @param data the data sets it names; empty for the session's
 * @param models rows of the table, in order, at least one
 * @param metrics columns of the table, at least one
 * @param compare the label of the model that the others are tested against; empty for no tests
 * @param search for settings, before the runs; null for none
 */
public record StudyFile(
    String name,
    String title,
    List<String> data,
    List<StudyModel> models,
    List<StudyMetric> metrics,
    String compare,
    StudySearch search) {
  private static final List<String> PRESETS =
      List.of(
          "elixir-table-2",
          "elixir-table-3",
          "elixir-table-4",
          "elixir-table-5",
          "elixir-figure-3",
          "ablation-psi",
          "ablation-attention",
          "ablation-width",
          "ablation-training",
          "ablation-alpha",
          "ablation-step",
          "tuned-ratings",
          "mmi-rating",
          "mmi-refit",
          "mmi-feature");

  /** Copies the lists. */
  public StudyFile {
    data = List.copyOf(data);
    models = List.copyOf(models);
    metrics = List.copyOf(metrics);
  }

  /**
   * The studies that come with the kit.
   *
   * @return name to title
   */
  public static Map<String, String> presets() {
    Map<String, String> titles = new LinkedHashMap<>();
    for (String name : PRESETS) {
      YamlNode root = YamlNode.read(preset(name), place(name));
      titles.put(name, root.fields("study").get("title").text("title"));
    }
    return titles;
  }

  /**
   * Reads one of the kit's studies.
   *
   * @param name for instance {@code elixir-table-2}
   * @param session its profile, seeds and settings fill in what the study leaves open
   * @return the study, checked
   * @throws InputException when there is none of that name
   */
  public static StudyFile named(String name, Session session) {
    if (!PRESETS.contains(name)) {
      throw new InputException(
          "study '"
              + name
              + "' is not known; there are "
              + String.join(", ", PRESETS)
              + ", or give a file, such as my-study.yaml");
    }
    return new StudyReader(session).read(preset(name), place(name), name);
  }

  /**
   * Reads a study's file.
   *
   * @param file YAML, as the class says
   * @param session its profile, seeds and settings fill in what the study leaves open
   * @return the study, checked
   * @throws InputException naming file and line, for what it does not know or cannot be
   */
  public static StudyFile read(Path file, Session session) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read; give a study's YAML file", e);
    }
    String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    return new StudyReader(session).read(text, file.toString(), stem);
  }

  /**
   * Reads a study by a word: a preset's name, or the path of a file.
   *
   * @param nameOrFile the word
   * @param session as above
   * @return the study, checked
   * @throws InputException when it is neither
   */
  public static StudyFile of(String nameOrFile, Session session) {
    boolean file = !PRESETS.contains(nameOrFile) && nameOrFile.matches(".*([/\\\\]|\\.ya?ml$).*");
    return file ? read(Path.of(nameOrFile), session) : named(nameOrFile, session);
  }

  private static String place(String preset) {
    return "studies/" + preset + ".yaml";
  }

  private static String preset(String name) {
    try (InputStream in = StudyFile.class.getResourceAsStream("/" + place(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(place(name), e);
    }
  }

  /** All runs, model by model. */
  public List<PlannedRun> runs() {
    return models.stream().flatMap(model -> model.runs().stream()).toList();
  }
}
