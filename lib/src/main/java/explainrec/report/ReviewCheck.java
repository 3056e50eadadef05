package explainrec.report;

import explainrec.run.ReviewResult;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells whether the parts of a review run's file fit each other. */
final class ReviewCheck {
  private static final int BLEU_COUNTS = 10;

  private ReviewCheck() {}

  /** What is inconsistent in a review run, or null. */
  static String problem(ReviewResult run) {
    if (run.format() != RunFiles.FORMAT) {
      return "format " + run.format() + ", expected " + RunFiles.FORMAT;
    }
    if (!ReviewResult.KIND.equals(run.kind())) {
      return "kind " + run.kind() + ", expected " + ReviewResult.KIND;
    }
    String missing = missing(run);
    if (missing != null) {
      return "nothing at " + missing;
    }
    ReviewResult.Test test = run.test();
    int rows = run.leaked().length;
    for (Object column : columns(run)) {
      if (column != null && length(column) != rows) {
        return "columns of test rows differ in length, expected " + rows + " values in each";
      }
    }
    for (int[] counts : test.bleuCounts()) {
      if (counts == null || counts.length != BLEU_COUNTS) {
        return "a row of bleuCounts has not " + BLEU_COUNTS + " counts";
      }
    }
    if ((test.bertF1() == null) != (test.bertEncoder() == null)) {
      return "BERTScore without its encoder's name, or the name alone";
    }
    if (run.bestEpoch() < 0 || run.bestEpoch() > run.epochs().size()) {
      return "bestEpoch " + run.bestEpoch() + " of " + run.epochs().size() + " epochs";
    }
    return null;
  }

  /** The first part that every review run has and this one lacks, or null. */
  private static String missing(ReviewResult run) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("model", run.model());
    parts.put("title", run.title());
    parts.put("profile", run.profile());
    parts.put("settings", run.settings());
    parts.put("deviations", run.deviations());
    parts.put("data", run.data());
    parts.put("cost", run.cost());
    parts.put("epochs", run.epochs());
    parts.put("leaked", run.leaked());
    parts.put("coldUser", run.coldUser());
    parts.put("coldItem", run.coldItem());
    parts.put("metrics", run.metrics());
    ReviewResult.Test test = run.test();
    parts.put("test", test);
    if (test != null) {
      parts.put("test.bleuCounts", test.bleuCounts());
      parts.put("test.meteor", test.meteor());
      parts.put("test.rouge1", test.rouge1());
      parts.put("test.rouge2", test.rouge2());
      parts.put("test.rougeL", test.rougeL());
      parts.put("test.words", test.words());
    }
    return firstMissing(parts);
  }

  /** The name of the first part that is not there, or null. */
  static String firstMissing(Map<String, Object> parts) {
    return parts.entrySet().stream()
        .filter(part -> part.getValue() == null)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private static List<Object> columns(ReviewResult run) {
    ReviewResult.Test test = run.test();
    return Arrays.asList(
        run.coldUser(),
        run.coldItem(),
        test.bleuCounts(),
        test.meteor(),
        test.rouge1(),
        test.rouge2(),
        test.rougeL(),
        test.rougeLsum(),
        test.bertPrecision(),
        test.bertRecall(),
        test.bertF1(),
        test.words(),
        test.loss(),
        test.content());
  }

  private static int length(Object column) {
    return column instanceof List<?> list ? list.size() : Array.getLength(column);
  }
}
