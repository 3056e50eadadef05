package explainrec.report;

import explainrec.run.ExplanationResult;
import explainrec.run.ExplanationResult.Parts;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells whether the parts of an explanation run's file fit each other. */
final class ExplanationCheck {
  private static final int BLEU_COUNTS = 10;
  private static final int CLASSES = 5;

  private ExplanationCheck() {}

  /** What is inconsistent in an explanation run, or null. */
  static String problem(ExplanationResult run) {
    if (run.format() != RunFiles.FORMAT) {
      return "format " + run.format() + ", expected " + RunFiles.FORMAT;
    }
    if (!ExplanationResult.KIND.equals(run.kind())) {
      return "kind " + run.kind() + ", expected " + ExplanationResult.KIND;
    }
    String missing = missing(run);
    if (missing != null) {
      return "nothing at " + missing;
    }
    if (!run.variant().matches("backbone(-.+)?|mmi-(rating|feature|both)(-.+)?")) {
      return "variant "
          + run.variant()
          + ", expected backbone, mmi-rating, mmi-feature or mmi-both";
    }
    ExplanationResult.Test test = run.test();
    int rows = test.rating().length;
    for (Object column : columns(test)) {
      if (column != null && Array.getLength(column) != rows) {
        return "columns of test rows differ in length, expected " + rows + " values in each";
      }
    }
    for (int[] counts : test.bleuCounts()) {
      if (counts == null || counts.length != BLEU_COUNTS) {
        return "a row of bleuCounts has not " + BLEU_COUNTS + " counts";
      }
    }
    for (int rating : test.rating()) {
      if (rating < 0 || rating >= CLASSES) {
        return "class " + rating + " of a rating, expected 0 to " + (CLASSES - 1);
      }
    }
    if (run.bestEpoch() < 0 || run.bestEpoch() > run.epochs().size()) {
      return "bestEpoch " + run.bestEpoch() + " of " + run.epochs().size() + " epochs";
    }
    long lengths = run.steps().values().stream().map(values -> values.length).distinct().count();
    return lengths > 1 ? "columns of steps differ in length" : null;
  }

  /** The first part that every explanation run has and this one lacks, or null. */
  private static String missing(ExplanationResult run) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("model", run.model());
    parts.put("title", run.title());
    parts.put("variant", run.variant());
    parts.put("profile", run.profile());
    parts.put("settings", run.settings());
    parts.put("deviations", run.deviations());
    parts.put("data", run.data());
    parts.put("explained", run.explained());
    parts.put("estimator", run.estimator());
    parts.put("cost", run.cost());
    parts.put("epochs", run.epochs());
    parts.put("steps", run.steps());
    parts.put("metrics", run.metrics());
    ExplanationResult.Test test = run.test();
    parts.put("test", test);
    if (test != null) {
      parts.put("test.real", test.real());
      parts.put("test.predicted", test.predicted());
      parts.put("test.rating", test.rating());
      parts.put("test.sentiment", test.sentiment());
      parts.put("test.judgeRating", test.judgeRating());
      parts.put("test.feature", test.feature());
      parts.put("test.named", test.named());
      parts.put("test.features", test.features());
      parts.put("test.sentence", test.sentence());
      parts.put("test.words", test.words());
      parts.put("test.bleuCounts", test.bleuCounts());
      parts.put("test.rouge1", test.rouge1());
      parts.put("test.rouge2", test.rouge2());
      parts.put("test.rougeL", test.rougeL());
      parts.put("test.backboneLogLikelihood", test.backboneLogLikelihood());
      parts.put("test.tokens", test.tokens());
    }
    return ReviewCheck.firstMissing(parts);
  }

  private static List<Object> columns(ExplanationResult.Test test) {
    List<Object> columns =
        new ArrayList<>(
            Arrays.asList(
                test.real(),
                test.predicted(),
                test.rating(),
                test.sentiment(),
                test.feature(),
                test.named(),
                test.featureEstimated(),
                test.namedEstimated(),
                test.features(),
                test.sentence(),
                test.words(),
                test.bleuCounts(),
                test.rouge1(),
                test.rouge2(),
                test.rougeL(),
                test.backboneLogLikelihood(),
                test.tokens(),
                test.polarity()));
    for (Parts parts :
        Arrays.asList(
            test.judgeRating(), test.rewardRating(), test.judgeFeature(), test.rewardFeature())) {
      columns.add(parts == null ? null : parts.joint());
      columns.add(parts == null ? null : parts.marginal());
    }
    return columns;
  }
}
