package explainrec.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a run's numbers depend on, part by part, so that of two runs with one name one can say
 * in what they differ.
 *
 * @param name of the run, without its seed
 * @param seed of everything random in it
 * @param profile {@code smoke}, {@code quick} or {@code paper}
 * @param settings those that the run depends on, by name
 * @param weights what it stands on beside its settings, as the hash of a language model; empty for
 *     nothing
 * @param data hash of the split, or of the explanations
 * @param device for instance {@code cpu (2 threads)}
 * @param code hash of the classes it depends on
 */
record RunKey(
    String name,
    long seed,
    String profile,
    Map<String, String> settings,
    String weights,
    String data,
    String device,
    String code) {

  /** Copies the settings. */
  RunKey {
    settings = new LinkedHashMap<>(settings);
  }

  /** Makes a key with settings as they are. */
  static RunKey of(
      String name,
      long seed,
      String profile,
      Map<String, Object> settings,
      String weights,
      String data,
      String device,
      String code) {
    return new RunKey(name, seed, profile, words(settings), weights, data, device, code);
  }

  /** Settings as words: a number read back from a file may be of another type. */
  static Map<String, String> words(Map<String, Object> settings) {
    Map<String, String> words = new LinkedHashMap<>();
    settings.forEach((key, value) -> words.put(key, String.valueOf(value)));
    return words;
  }

  /** SHA-256 over all of it. */
  String digest() {
    return RunJson.digest(this);
  }

  /** The parts in which another key differs. */
  Set<RunState.Part> differs(RunKey other) {
    Set<RunState.Part> parts = EnumSet.noneOf(RunState.Part.class);
    add(parts, RunState.Part.PROFILE, profile, other.profile);
    add(parts, RunState.Part.SETTINGS, settings, other.settings);
    add(parts, RunState.Part.DATA, data, other.data);
    add(parts, RunState.Part.WEIGHTS, weights, other.weights);
    add(parts, RunState.Part.DEVICE, device, other.device);
    add(parts, RunState.Part.CODE, code, other.code);
    return parts;
  }

  private static void add(Set<RunState.Part> parts, RunState.Part part, Object a, Object b) {
    if (!a.equals(b)) {
      parts.add(part);
    }
  }

  /**
   * Says in what the run that lies there differs from this one, which is asked for.
   *
   * @param there key of the run that lies there
   * @param parts of it to speak of
   * @return for instance {@code other code, width = 64 (here 256)}
   */
  String against(RunKey there, Set<RunState.Part> parts) {
    List<String> words = new ArrayList<>();
    for (RunState.Part part : parts) {
      switch (part) {
        case PROFILE -> words.add("profile " + there.profile + " (here " + profile + ")");
        case SETTINGS -> words.add(settings(there));
        case DEVICE -> words.add("device " + there.device + " (here " + device + ")");
        default -> words.add("other " + part.word());
      }
    }
    return String.join(", ", words);
  }

  private String settings(RunKey there) {
    Set<String> names = new LinkedHashSet<>(settings.keySet());
    names.addAll(there.settings.keySet());
    List<String> words = new ArrayList<>();
    for (String name : names) {
      String here = settings.get(name);
      String other = there.settings.get(name);
      if (here == null || !here.equals(other)) {
        words.add(name + " = " + other + " (here " + here + ")");
      }
    }
    int shown = Math.min(3, words.size());
    String more = words.size() > shown ? " and " + (words.size() - shown) + " more" : "";
    return "settings " + String.join(", ", words.subList(0, shown)) + more;
  }
}
