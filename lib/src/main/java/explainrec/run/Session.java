package explainrec.run;

import ai.djl.Device;
import explainrec.data.Check;
import explainrec.data.DataSets;
import explainrec.data.InputException;
import explainrec.data.Preparation;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.data.ReviewSource;
import explainrec.data.World;
import explainrec.nn.Devices;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a command or a notebook works on: folders, profile, data set, seed, device and settings.
 *
 * @param home the checkout
 * @param results the folder of results
 * @param profile {@code smoke}, {@code quick} or {@code paper}
 * @param source the reviews
 * @param seed of everything random in training
 * @param device {@code auto}, {@code cpu} or {@code gpu}
 * @param settings every setting
 */
public record Session(
    Path home,
    Path results,
    String profile,
    ReviewSource source,
    long seed,
    String device,
    KitSettings settings) {

  /** Checks the device's name; whether there is such a device is asked when it is needed. */
  public Session {
    Check.oneOf("device", device, "auto", "cpu", "gpu");
  }

  /**
   * The session that the environment describes, as notebooks open it.
   *
   * @return EXPLAINREC_HOME, _PROFILE, _DATA, _SEED, _RESULTS and _DEVICE, or their defaults
   * @throws InputException when one of them is not usable
   */
  public static Session open() {
    return open(Map.of(), System.getenv());
  }

  /**
   * The session that the environment describes, with some settings changed.
   *
   * @param overrides settings by name
   * @param environment variables by name
   * @return the session
   * @throws InputException when one of them is not usable
   */
  public static Session open(Map<String, String> overrides, Map<String, String> environment) {
    Path home =
        Path.of(environment.getOrDefault("EXPLAINREC_HOME", ".")).toAbsolutePath().normalize();
    String profile = environment.getOrDefault("EXPLAINREC_PROFILE", "quick");
    String data = environment.getOrDefault("EXPLAINREC_DATA", DataSets.WORLD);
    String seed = environment.getOrDefault("EXPLAINREC_SEED", "42");
    Optional<Path> mapping =
        Optional.ofNullable(environment.get("EXPLAINREC_MAPPING")).map(Path::of);
    // The source's own name decides its preset, and its preset may decide how it is read.
    KitSettings first = KitSettings.of(profile, data, overrides);
    ReviewSource source =
        DataSets.open(
            data, mapping, home.resolve("data"), first.data(), () -> new World(first.world()));
    KitSettings settings = KitSettings.of(profile, source.name(), overrides);
    try {
      return new Session(
          home,
          home.resolve(environment.getOrDefault("EXPLAINREC_RESULTS", "results")),
          profile,
          source,
          Long.parseLong(seed),
          environment.getOrDefault("EXPLAINREC_DEVICE", "auto"),
          settings);
    } catch (NumberFormatException e) {
      throw InputException.setting("seed", seed, "a whole number");
    }
  }

  /**
   * The same session with some settings changed.
   *
   * @param changes settings by name
   * @return a copy; this one for no changes
   * @throws InputException for an unknown setting or a value out of range
   */
  public Session with(Map<String, String> changes) {
    return changes.isEmpty()
        ? this
        : new Session(home, results, profile, source, seed, device, settings.changed(changes));
  }

  /** The same session with its results in another folder. */
  Session into(Path folder) {
    return new Session(home, folder, profile, source, seed, device, settings);
  }

  /**
   * Reads, filters and splits the reviews, or opens what an earlier call made of them.
   *
   * @param progress hears how far it is
   * @return the prepared data
   */
  public Prepared prepare(Progress progress) {
    return Preparation.prepare(
        source, settings.data(), home.resolve("data").resolve("prepared"), progress);
  }

  /** Reads, filters and splits the reviews, reporting to whoever runs the notebook. */
  public Prepared prepare() {
    return prepare(Reports.progress());
  }

  /**
   * A path as people read it: from the checkout where it lies inside, whole elsewhere.
   *
   * @param path of a result
   * @return the shorter form
   */
  public Path shown(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    return whole.startsWith(home) ? home.relativize(whole) : whole;
  }

  /** The folder for this data set's results. */
  public Path folder() {
    return results.resolve(source.name());
  }

  /** The device that tensors live on. */
  public Device chooseDevice() {
    return Devices.choose(device);
  }

  /** What this session is, for a first cell: name to value. */
  public Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>(Versions.all());
    facts.put("profile", profile);
    facts.put("data", source.name());
    facts.put("seed", Long.toString(seed));
    facts.put("device", Devices.describe(chooseDevice()));
    return facts;
  }
}
