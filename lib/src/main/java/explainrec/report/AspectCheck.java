package explainrec.report;

import explainrec.run.AspectResult;
import explainrec.run.AspectResult.Side;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells whether the parts of an aspect file fit each other. */
final class AspectCheck {
  private AspectCheck() {}

  /** What is inconsistent in a file, or null. */
  static String problem(AspectResult run) {
    if (run.format() != RunFiles.FORMAT) {
      return "format " + run.format() + ", expected " + RunFiles.FORMAT;
    }
    if (!AspectResult.KIND.equals(run.kind())) {
      return "kind " + run.kind() + ", expected " + AspectResult.KIND;
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("model", run.model());
    parts.put("title", run.title());
    parts.put("profile", run.profile());
    parts.put("data", run.data());
    parts.put("vectors", run.vectors());
    parts.put("pairs", run.pairs());
    String missing = ReviewCheck.firstMissing(parts);
    if (missing != null) {
      return "nothing at " + missing;
    }
    int aspects = run.data().aspects().size();
    int users = run.vectors().users().length;
    float[][][] components = run.vectors().components();
    if (components.length != aspects
        || Arrays.stream(components).anyMatch(vectors -> vectors.length != users)) {
      return "vectors of other than " + aspects + " aspects of " + users + " users";
    }
    return fits(run.users(), aspects) && fits(run.items(), aspects)
        ? null
        : "attention to other than " + aspects + " aspects";
  }

  private static boolean fits(Side side, int aspects) {
    return side == null
        || side.attention().length == side.numbers().length
            && Arrays.stream(side.attention()).allMatch(weights -> weights.length == aspects);
  }
}
