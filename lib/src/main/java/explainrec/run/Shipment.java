package explainrec.run;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.t5.LanguageModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Files that runs elsewhere need: the prepared data with what has been found out about them,
 * language models, encoders, estimators, and finished runs that others stand on. Review texts are
 * among them.
 *
 * @param files where each lies here, by its place below the home of the copy
 * @param folders that settings name, and where each lies below the home of the copy
 */
public record Shipment(Map<String, Path> files, Map<String, String> folders) {
  /** Where finished runs lie below the home of the copy, a folder each. */
  public static final String RUNS = "runs";

  private static final String DATA = "data";
  private static final String GIVEN = "given/"; // what settings name by its path
  private static final Set<String> FOLDER_SETTINGS = Set.of("lm", "gpt", "bertEncoder");
  private static final Set<String> NAMES = // of models that these settings know without a path
      Set.of(
          "auto",
          "none",
          "minilm",
          LanguageModels.MINI,
          LanguageModels.SMALL,
          GptModels.MINI,
          GptModels.GPT2,
          "roberta-large");

  /**
   * Collects what runs need. What several of them would make is made here first, once: the leak
   * audit, the explanations, t5-mini, gpt2-mini.
   *
   * @param session of the study
   * @param prepared its data
   * @param runs to be made
   * @param lines hear how far it is
   * @return the shipment
   */
  public static Shipment of(
      Session session, Prepared prepared, List<PlannedRun> runs, Consumer<String> lines) {
    Progress progress = Reports.progress(lines);
    prepared.leaks(progress);
    boolean texts = false;
    for (PlannedRun run : runs) {
      if (run.kind() == PlannedRun.Kind.EXPLANATIONS) {
        Estimators.explain(session.with(run.changes()), prepared, lines);
      }
      texts |= run.kind() != PlannedRun.Kind.RATINGS;
    }
    Shipment shipment = new Shipment(new TreeMap<>(), new LinkedHashMap<>());
    Path data = session.home().resolve(DATA);
    shipment.add(data, prepared.folder());
    if (texts) {
      shipment.addLanguageModel(session, prepared, lines);
      if (runs.stream().anyMatch(run -> run.model().equals(GeneratorModel.PEPLER.id()))) {
        shipment.addGpt(session, prepared, lines);
      }
      session.settings().values().forEach((key, value) -> shipment.addGiven(key, "" + value));
      runs.forEach(run -> run.changes().forEach(shipment::addGiven));
      shipment.add(data, data.resolve(TextEncoders.ROBERTA));
      shipment.add(data, data.resolve("estimators"), session.source().name());
    }
    return shipment;
  }

  /**
   * Adds finished runs.
   *
   * @param folders of runs, their names being those of their folders; a missing one is left out
   * @return a shipment of these alone
   */
  public static Shipment ofRuns(List<Path> folders) {
    Shipment shipment = new Shipment(new TreeMap<>(), Map.of());
    folders.forEach(folder -> shipment.addAll(RUNS + "/" + folder.getFileName(), folder));
    return shipment;
  }

  private void addLanguageModel(Session session, Prepared prepared, Consumer<String> lines) {
    Path data = session.home().resolve(DATA);
    switch (LanguageModels.name(session)) {
      case LanguageModels.SMALL -> add(data, data.resolve(LanguageModels.SMALL));
      case LanguageModels.MINI -> {
        LanguageModel lm = LanguageModels.open(session, prepared, lines);
        lm.close();
        add(data, data.resolve(LanguageModels.MINI), session.source().name());
      }
      default -> {} // a folder that a setting names
    }
  }

  private void addGpt(Session session, Prepared prepared, Consumer<String> lines) {
    Path data = session.home().resolve(DATA);
    switch (GptModels.name(session)) {
      case GptModels.GPT2 -> add(data, data.resolve(GptModels.GPT2));
      case GptModels.MINI -> {
        GptModels.open(session, prepared, lines).close();
        add(data, data.resolve(GptModels.MINI), session.source().name());
      }
      default -> {} // a folder that a setting names
    }
  }

  /** A folder that a setting names gets a place of its own. */
  private void addGiven(String setting, String value) {
    if (FOLDER_SETTINGS.contains(setting) && !NAMES.contains(value)) {
      Path folder = Path.of(value).toAbsolutePath().normalize();
      String place = GIVEN + folders.size() + "/" + folder.getFileName();
      if (folders.putIfAbsent(value, place) == null) {
        addAll(place, folder);
      }
    }
  }

  /**
   * Settings as they travel.
   *
   * @param settings by name
   * @return the same, but folders by their places in the shipment
   */
  Map<String, String> given(Map<String, String> settings) {
    Map<String, String> values = new LinkedHashMap<>(settings);
    values.replaceAll(
        (key, value) -> FOLDER_SETTINGS.contains(key) ? folders.getOrDefault(value, value) : value);
    return values;
  }

  /**
   * Settings as they are used where they arrived.
   *
   * @param settings as {@link #given} made them
   * @param home where the shipment was unpacked
   * @return the same, but folders by their paths
   */
  static Map<String, String> found(Map<String, String> settings, Path home) {
    Map<String, String> values = new LinkedHashMap<>(settings);
    values.replaceAll(
        (key, value) ->
            FOLDER_SETTINGS.contains(key) && value.startsWith(GIVEN)
                ? home.resolve(value).toString()
                : value);
    return values;
  }

  /**
   * A run as it travels.
   *
   * @param run which
   * @return the same, but folders by their places in the shipment
   */
  public PlannedRun given(PlannedRun run) {
    return new PlannedRun(run.kind(), run.model(), run.tag(), given(run.changes()), run.seed());
  }

  /** Those folders of a folder that belong to a data set. */
  private void add(Path data, Path parent, String dataset) {
    if (Files.isDirectory(parent)) {
      for (Path folder : list(parent)) {
        String name = folder.getFileName().toString();
        if (name.startsWith(dataset + "-") && !name.endsWith(".part")) {
          add(data, folder);
        }
      }
    }
  }

  private void add(Path data, Path folder) {
    addAll(DATA + "/" + data.relativize(folder).toString().replace('\\', '/'), folder);
  }

  private void addAll(String place, Path folder) {
    if (Files.isDirectory(folder)) {
      for (Path file : list(folder)) {
        String name = file.getFileName().toString();
        if (Files.isDirectory(file)) {
          addAll(place + "/" + name, file);
        } else if (!name.endsWith(".part")) {
          files.put(place + "/" + name, file);
        }
      }
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return new ArrayList<>(inside.sorted().toList());
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be read; check its rights", e);
    }
  }

  /**
   * Packs everything into one archive, without compression: it is numbers for the most part.
   *
   * @param archive the file to write
   * @throws InputException when it cannot be written
   */
  public void pack(Path archive) {
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, Path> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        entry.setSize(Files.size(file.getValue()));
        entry.setCrc(crc(file.getValue()));
        zip.putNextEntry(entry);
        Files.copy(file.getValue(), zip);
        zip.closeEntry();
      }
      if (files.isEmpty()) { // an archive of nothing is refused by some
        zip.setMethod(ZipOutputStream.DEFLATED);
        zip.putNextEntry(new ZipEntry("empty"));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new InputException(
          archive + ": packing failed: " + e.getMessage() + "; check space and rights", e);
    }
  }

  private static long crc(Path file) throws IOException {
    CRC32 sum = new CRC32();
    byte[] part = new byte[1 << 16];
    try (java.io.InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        sum.update(part, 0, n);
      }
    }
    return sum.getValue();
  }
}
