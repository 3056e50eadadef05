package explainrec.report;

import explainrec.run.ExplanationResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was done to a generator, as its run's variant and settings tell.
 *
 * @param align {@code none} for a backbone, else {@code rating}, {@code feature} or {@code both}
 * @param changes in what fine-tuning differs from the paper's, names of {@link #CHANGES}; in order
 * @param tag the run's tag; empty without
 */
record ExplanationVariant(String align, List<String> changes, String tag) {
  /** The changes that tables know, each with its words in titles. */
  static final Map<String, String> CHANGES = known();

  static final String NONE = "none";
  private static final String BACKBONE = "backbone";

  private static Map<String, String> known() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("noBackboneLoss", "without L_backbone");
    words.put("noKl", "without KL");
    words.put("noEntropy", "without entropy");
    words.put("noDwa", "without DWA");
    words.put("noRefit", "estimator kept");
    words.put("token", "token credit");
    words.put("dpo", "DPO");
    return words;
  }

  /** Reads a run's variant and settings. */
  static ExplanationVariant of(ExplanationResult run) {
    String variant = run.variant();
    boolean backbone = variant.startsWith(BACKBONE);
    String[] parts = variant.split("-", backbone ? 2 : 3);
    String align = backbone ? NONE : parts[1];
    String tag = parts.length > (backbone ? 1 : 2) ? parts[parts.length - 1] : "";
    return new ExplanationVariant(align, backbone ? List.of() : changesOf(run), tag);
  }

  private static List<String> changesOf(ExplanationResult run) {
    List<String> changes = new ArrayList<>();
    boolean multiTask = !ExplanationScore.ratingGiven(run);
    add(changes, "noBackboneLoss", multiTask && setting(run, "backboneLoss").equals("drop"));
    String method = setting(run, "method");
    boolean weighted = !method.equals("dpo"); // DPO has none of the three terms
    add(changes, "noKl", weighted && isZero(run, "klWeight"));
    add(changes, "noEntropy", weighted && isZero(run, "entropyWeight"));
    add(changes, "noDwa", weighted && setting(run, "weighting").equals("fixed"));
    add(changes, "noRefit", setting(run, "mmiRefit").equals("none"));
    add(changes, "token", method.equals("token"));
    add(changes, "dpo", method.equals("dpo"));
    return List.copyOf(changes);
  }

  private static void add(List<String> changes, String change, boolean made) {
    if (made) {
      changes.add(change);
    }
  }

  private static String setting(ExplanationResult run, String key) {
    return String.valueOf(run.settings().get(key));
  }

  private static boolean isZero(ExplanationResult run, String key) {
    return run.settings().get(key) instanceof Number number && number.doubleValue() == 0;
  }

  /** Whether nothing was done to the generator. */
  boolean backbone() {
    return align.equals(NONE);
  }

  /** Whether it was aligned with the rating, alone or with the feature, too. */
  boolean alignsRating() {
    return align.equals("rating") || align.equals("both");
  }

  /** Whether it was aligned with the feature, alone or with the rating, too. */
  boolean alignsFeature() {
    return align.equals("feature") || align.equals("both");
  }

  /** Whether it is this backbone or fine-tuned in this way, whatever its tag. */
  boolean is(String wantedAlign, List<String> wantedChanges) {
    return align.equals(wantedAlign) && changes.equals(wantedChanges);
  }

  /** The words behind the generator's name. */
  String words() {
    String mmi =
        switch (align) {
          case "rating" -> " + MMI(R;E)";
          case "feature" -> " + MMI(F;E)";
          case "both" -> " + MMI(F;E) + MMI(R;E)";
          default -> "";
        };
    String changed = changes.stream().map(c -> ", " + CHANGES.get(c)).collect(Collectors.joining());
    return mmi + changed;
  }
}
