package explainrec.run;

import explainrec.data.Interactions;
import explainrec.data.World;
import explainrec.metrics.BertScore;
import explainrec.metrics.Bleu;
import explainrec.metrics.Rouge;
import explainrec.metrics.TextMetrics;
import explainrec.text.TokenEncoder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the written reviews of the test rows score.
 *
 * @param test by row
 * @param metrics over all rows, and over those that are not leaked, by name
 */
record ReviewMeasures(ReviewResult.Test test, Map<String, Double> metrics) {
  private static final String WITHOUT = "WithoutLeaked";

  /**
   * Measures.
   *
   * @param session its settings
   * @param data the interactions
   * @param rows the test rows, (N)
   * @param written a review each
   * @param losses of the real reviews, (N)
   * @param leaked whether a row's text stands in train, too, (N)
   * @return the measures
   */
  static ReviewMeasures of(
      Session session,
      Interactions data,
      int[] rows,
      List<String> written,
      double[] losses,
      boolean[] leaked) {
    List<String> real = Arrays.stream(rows).mapToObj(data::text).toList();
    TextMetrics texts = TextMetrics.of(real, written);
    int[][] counts =
        IntStream.range(0, rows.length)
            .parallel()
            .mapToObj(n -> Bleu.counts(real.get(n), written.get(n)))
            .toArray(int[][]::new);
    BertScore bert = bert(session, real, written);
    ReviewResult.Test test =
        new ReviewResult.Test(
            counts,
            texts.pairMeteor(),
            column(texts, Rouge::rouge1),
            column(texts, Rouge::rouge2),
            column(texts, Rouge::rougeL),
            column(texts, Rouge::rougeLsum),
            bert == null ? null : bert.precision(),
            bert == null ? null : bert.recall(),
            bert == null ? null : bert.f1(),
            bert == null ? null : bert.encoder(),
            written.stream().mapToInt(ReviewMeasures::words).toArray(),
            losses,
            content(session, data, rows, real, written));
    Map<String, Double> metrics = new LinkedHashMap<>();
    int[] all = IntStream.range(0, rows.length).toArray();
    int[] kept = Arrays.stream(all).filter(n -> !leaked[n]).toArray();
    add(metrics, "", test, written, all);
    add(metrics, WITHOUT, test, written, kept);
    return new ReviewMeasures(test, metrics);
  }

  private static List<ReviewResult.Content> content(
      Session session, Interactions data, int[] rows, List<String> real, List<String> written) {
    if (!(session.source() instanceof World world)) {
      return null;
    }
    return IntStream.range(0, rows.length)
        .mapToObj(
            n ->
                ReviewContent.of(
                    written.get(n),
                    real.get(n),
                    world.truth(),
                    data.items().get(data.item(rows[n]))))
        .toList();
  }

  private static BertScore bert(Session session, List<String> real, List<String> written) {
    try (TokenEncoder encoder = TextEncoders.open(session)) {
      return encoder == null ? null : BertScore.of(encoder, real, written);
    }
  }

  private static double[] column(TextMetrics texts, ToDoubleFunction<Rouge> value) {
    return texts.pairRouge().stream().mapToDouble(value).toArray();
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  private static void add(
      Map<String, Double> metrics,
      String suffix,
      ReviewResult.Test test,
      List<String> written,
      int[] rows) {
    long[] sums = new long[test.bleuCounts().length == 0 ? 10 : test.bleuCounts()[0].length];
    for (int n : rows) {
      Arrays.setAll(sums, k -> sums[k] + test.bleuCounts()[n][k]);
    }
    metrics.put("bleu" + suffix, Bleu.ofSums(sums).score());
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("meteor", test.meteor());
    columns.put("rouge1", test.rouge1());
    columns.put("rouge2", test.rouge2());
    columns.put("rougeL", test.rougeL());
    columns.put("rougeLsum", test.rougeLsum());
    if (test.bertF1() != null) {
      columns.put("bertPrecision", test.bertPrecision());
      columns.put("bertRecall", test.bertRecall());
      columns.put("bertF1", test.bertF1());
    }
    columns.put("loss", test.loss());
    columns.forEach(
        (name, values) ->
            metrics.put(
                name + suffix,
                Arrays.stream(rows).mapToDouble(n -> values[n]).average().orElse(0)));
    if (test.content() != null) {
      addContent(metrics, suffix, Arrays.stream(rows).mapToObj(test.content()::get).toList());
    }
    metrics.put(
        "meanWords" + suffix,
        Arrays.stream(rows).mapToDouble(n -> test.words()[n]).average().orElse(0));
    metrics.put(
        "uniqueSentenceRatio" + suffix,
        rows.length == 0
            ? 0
            : new HashSet<>(Arrays.stream(rows).mapToObj(written::get).toList()).size()
                / (double) rows.length);
  }

  private static void addContent(
      Map<String, Double> metrics, String suffix, List<ReviewResult.Content> contents) {
    double said = contents.stream().mapToInt(ReviewResult.Content::aspects).sum();
    double real = contents.stream().mapToInt(ReviewResult.Content::aspectsReal).sum();
    double shared = contents.stream().mapToInt(ReviewResult.Content::aspectsShared).sum();
    double right = contents.stream().mapToInt(ReviewResult.Content::polarityRight).sum();
    double features = contents.stream().mapToInt(ReviewResult.Content::features).sum();
    double ofItem = contents.stream().mapToInt(ReviewResult.Content::featuresOfItem).sum();
    metrics.put("aspectPrecision" + suffix, share(shared, said));
    metrics.put("aspectRecall" + suffix, share(shared, real));
    metrics.put("polarityAccuracy" + suffix, share(right, shared));
    metrics.put("featurePrecision" + suffix, share(ofItem, features));
  }

  /** 0 of nothing. */
  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
