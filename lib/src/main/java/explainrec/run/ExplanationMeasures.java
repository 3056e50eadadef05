package explainrec.run;

import explainrec.backbones.ExplanationGenerator;
import explainrec.backbones.FeatureEstimate;
import explainrec.backbones.Requests;
import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.Progress;
import explainrec.data.World;
import explainrec.data.WorldContent;
import explainrec.data.WorldExplanation;
import explainrec.data.WorldMention;
import explainrec.data.WorldPolarity;
import explainrec.data.WorldReading;
import explainrec.metrics.Bleu;
import explainrec.metrics.ExplanationMetrics;
import explainrec.metrics.PeterMetrics;
import explainrec.mmi.Judge;
import explainrec.mmi.RatingClasses;
import explainrec.mmi.Scored;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the test rows' explanations and measures them. */
final class ExplanationMeasures {
  private static final int AT_ONCE = 256;

  private final Session session;
  private final ExplainedSplit data;
  private final ExplanationGenerator generator;
  private final Weights reference;
  private final Estimators estimators;
  private final int[] rows;
  private final List<int[]> sequences = new ArrayList<>();
  private final List<List<String>> written = new ArrayList<>();
  private double writeSeconds;
  private Requests requests; // of the test rows, with the ratings that are explained

  /**
   * Prepares to measure.
   *
   * @param session settings, and the world where it is one
   * @param data explained
   * @param generator trained
   * @param reference weights of the frozen backbone
   * @param estimators the judge and the reward model
   */
  ExplanationMeasures(
      Session session,
      ExplainedSplit data,
      ExplanationGenerator generator,
      Weights reference,
      Estimators estimators) {
    this.session = session;
    this.data = data;
    this.generator = generator;
    this.reference = reference;
    this.estimators = estimators;
    this.rows = data.split().test();
  }

  /**
   * Writes an explanation for every test row.
   *
   * @param given ratings that post-hoc generators explain, (N)
   * @param progress hears how many are written
   */
  void write(float[] given, Progress progress) {
    Weights weights = generator.parameters().frozen();
    Requests asked = Requests.of(data, rows).withRatings(given);
    requests = asked.withRatings(generator.ratings(weights, asked));
    long start = System.nanoTime();
    write(weights, requests, sequences, progress);
    writeSeconds = (System.nanoTime() - start) / 1e9;
    sequences.forEach(ids -> written.add(generator.words(ids)));
  }

  private void write(Weights weights, Requests all, List<int[]> into, Progress progress) {
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      int first = from;
      int[] places = new int[Math.min(AT_ONCE, all.size() - from)];
      Arrays.setAll(places, n -> first + n);
      into.addAll(List.of(generator.write(weights, all.select(places))));
      progress.update("writing explanations", into.size(), all.size());
    }
  }

  /** Seconds that writing took. */
  double writeSeconds() {
    return writeSeconds;
  }

  /** The written explanations beside the real ones. */
  List<WrittenExplanation> beside() {
    Interactions reviews = data.split().data();
    List<WrittenExplanation> all = new ArrayList<>();
    for (int n = 0; n < rows.length; n++) {
      int feature = requests.features()[n];
      all.add(
          new WrittenExplanation(
              rows[n],
              reviews.users().get(reviews.user(rows[n])),
              reviews.items().get(reviews.item(rows[n])),
              reviews.overall(rows[n]),
              requests.ratings()[n],
              feature < 0 ? "" : data.features().get(feature),
              reviews.text(rows[n]),
              String.join(" ", written.get(n))));
    }
    return all;
  }

  /** What each test row scored. */
  ExplanationResult.Test test() {
    int size = rows.length;
    List<String> texts = written.stream().map(words -> String.join(" ", words)).toList();
    int[] ratings = RatingClasses.of(requests.ratings());
    int[] features = requests.features();
    List<List<String>> real = new ArrayList<>();
    for (int row : rows) {
      real.add(data.explanations().get(row).words());
    }
    int[][] named = named();
    Judge judge = estimators.judge(this::generated);
    int[] estimated = null;
    boolean[] namedEstimated = null;
    if (generator.readsFeature()) {
      estimated = new FeatureEstimate(data).of(requests);
      List<int[]> second = new ArrayList<>();
      write(
          generator.parameters().frozen(),
          requests.withFeatures(estimated),
          second,
          Progress.SILENT);
      namedEstimated = contains(second.stream().map(generator::words).toList(), estimated);
    }
    return new ExplanationResult.Test(
        doubles(size, n -> data.split().data().overall(rows[n])),
        doubles(size, n -> requests.ratings()[n]),
        ratings,
        judge.classify(texts),
        parts(judge.alignment().scoreRating(texts, ratings)),
        parts(estimators.rewardRating(texts, ratings)),
        parts(judge.alignment().scoreFeature(texts, features)),
        parts(estimators.rewardFeature(texts, features)),
        features,
        contains(written, features),
        estimated,
        namedEstimated,
        named,
        distinct(texts),
        written.stream().mapToInt(List::size).toArray(),
        rowsOf(size, n -> Bleu.counts(real.get(n), written.get(n))),
        doubles(size, n -> 100 * PeterMetrics.rougeN(real.get(n), written.get(n), 1)),
        doubles(size, n -> 100 * PeterMetrics.rougeN(real.get(n), written.get(n), 2)),
        doubles(size, n -> 100 * PeterMetrics.rougeL(real.get(n), written.get(n))),
        backboneLogs(),
        sequences.stream().mapToInt(ids -> ids.length).toArray(),
        session.source() instanceof World ? polarities(texts) : null);
  }

  /** What the generator writes for other rows, with the ratings it goes with there. */
  private Estimators.Generated generated(int[] others) {
    Weights weights = generator.parameters().frozen();
    Requests asked = Requests.of(data, others);
    asked = asked.withRatings(generator.ratings(weights, asked));
    List<int[]> all = new ArrayList<>();
    write(weights, asked, all, Progress.SILENT);
    return new Estimators.Generated(
        all.stream().map(ids -> String.join(" ", generator.words(ids))).toList(),
        RatingClasses.of(asked.ratings()),
        asked.features());
  }

  /** The metrics of {@link #test}, by name. */
  Map<String, Double> metrics(ExplanationResult.Test test) {
    int[] likeliest = null;
    if (session.source() instanceof World world) {
      likeliest = new int[RatingClasses.COUNT];
      WorldExplanation truth = world.truth().explanation();
      for (int stars = 1; stars <= likeliest.length; stars++) {
        likeliest[stars - 1] = truth.likeliestPolarity(stars).ordinal();
      }
    }
    return ExplanationMetrics.named(test, data.features().size(), likeliest);
  }

  private static ExplanationResult.Parts parts(Scored scored) {
    return scored == null ? null : new ExplanationResult.Parts(scored.joint(), scored.marginal());
  }

  private double[] backboneLogs() {
    double[] logs = new double[rows.length];
    for (int from = 0; from < logs.length; from += AT_ONCE) {
      int first = from;
      int[] places = new int[Math.min(AT_ONCE, logs.length - from)];
      Arrays.setAll(places, n -> first + n);
      int[][] part = sequences.subList(from, from + places.length).toArray(int[][]::new);
      double[] found =
          explainrec.mmi.PolicyGradient.logProbabilities(
              generator, reference, requests.select(places), part);
      System.arraycopy(found, 0, logs, from, found.length);
    }
    return logs;
  }

  private boolean[] contains(List<List<String>> texts, int[] features) {
    boolean[] found = new boolean[texts.size()];
    for (int n = 0; n < found.length; n++) {
      found[n] = features[n] >= 0 && texts.get(n).contains(data.features().get(features[n]));
    }
    return found;
  }

  private int[][] named() {
    Map<String, Integer> numbers = new HashMap<>();
    for (int f = 0; f < data.features().size(); f++) {
      numbers.put(data.features().get(f), f);
    }
    return rowsOf(
        written.size(),
        n ->
            written.get(n).stream()
                .filter(numbers::containsKey)
                .mapToInt(numbers::get)
                .distinct()
                .sorted()
                .toArray());
  }

  private static int[] distinct(List<String> texts) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    return texts.stream()
        .mapToInt(text -> numbers.computeIfAbsent(text, one -> numbers.size()))
        .toArray();
  }

  /** The polarity of each text's first statement, or of its verdict; -1 where it says none. */
  private static int[] polarities(List<String> texts) {
    return texts.stream()
        .mapToInt(
            text -> {
              WorldContent content = WorldReading.of(text);
              for (WorldMention mention : content.mentions()) {
                if (mention.polarity() != null) {
                  return mention.polarity().ordinal();
                }
              }
              WorldPolarity verdict = content.verdict();
              return verdict == null ? -1 : verdict.ordinal();
            })
        .toArray();
  }

  private static double[] doubles(int size, java.util.function.IntToDoubleFunction value) {
    double[] all = new double[size];
    Arrays.setAll(all, value);
    return all;
  }

  private static int[][] rowsOf(int size, java.util.function.IntFunction<int[]> value) {
    int[][] all = new int[size][];
    Arrays.setAll(all, value);
    return all;
  }

  /** Refuses data whose test part is empty. */
  static void requireRows(ExplainedSplit data) {
    if (data.split().test().length == 0) {
      throw new InputException(
          data.split().data().name() + ": no test row has an explanation to compare with");
    }
  }
}
