package explainrec.mmi;

import ai.djl.Device;
import explainrec.data.Check;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.text.ExplainedSplit;
import explainrec.text.SentenceEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How well explanations agree with their ratings or features: a sentence encoder, and an estimator
 * T for I(R;E), for I(F;E), or one for each, first trained on real explanations. The reward model
 * of fine-tuning is one, the heart of the {@link Judge} another.
 *
 * <p>Shapes: N explanations, C features.
 */
public final class Alignment implements RewardModel, AutoCloseable {
  private static final String ENCODER = "encoder.safetensors";

  private final Encoders encoders;
  private final MineSettings settings;
  private final Mine rating; // null when not aligned with ratings
  private final Mine feature; // null when not aligned with features
  private final long seed;
  private final int learnt;
  private Map<String, Trainer.Outcome> outcomes = Map.of();

  private Alignment(
      Encoders encoders,
      ExplainedSplit data,
      int[] rows,
      MineSettings settings,
      String align,
      Device device,
      long seed) {
    Check.oneOf("align", align, "rating", "feature", "both");
    this.encoders = encoders;
    this.settings = settings;
    this.seed = seed;
    this.learnt = rows.length;
    int width = encoders.sentences().width();
    rating =
        align.equals("feature")
            ? null
            : new Mine(
                "I(R;E)",
                width,
                Targets.ratings(),
                settings.mineHiddenRating(),
                settings,
                device,
                seed + 1);
    feature =
        align.equals("rating")
            ? null
            : new Mine(
                "I(F;E)",
                width,
                Targets.words(data.features(), encoders.words(data.features())),
                settings.mineHiddenFeature(),
                settings,
                device,
                seed + 2);
  }

  /**
   * Trains encoder and estimators on the real explanations of some rows, those of ratings on the
   * other sentences of the same reviews, too.
   *
   * @param data explained
   * @param rows to learn from, all with an explanation
   * @param settings of both
   * @param align {@code rating}, {@code feature} or {@code both}
   * @param device where it computes
   * @param seed of everything random
   * @param listeners gives the listener of each part's training: {@code encoder}, {@code I(R;E)},
   *     {@code I(F;E)}
   * @return the trained model, to be closed
   * @throws explainrec.data.InputException when the rows have fewer than two ratings (or features),
   *     or training leaves the numbers
   */
  public static Alignment train(
      ExplainedSplit data,
      int[] rows,
      MineSettings settings,
      String align,
      Device device,
      long seed,
      Function<String, TrainingListener> listeners) {
    RealSentences sentences = RealSentences.of(data, rows);
    Encoders encoders =
        Encoders.open(
            sentences,
            settings,
            align.equals("rating") ? 0 : data.features().size(),
            device,
            seed,
            List.of(listeners.apply("encoder")));
    Alignment alignment = make(encoders, data, rows, settings, align, device, seed);
    try {
      alignment.outcomes =
          alignment.learn(
              sentences.texts(),
              sentences.ratings(),
              sentences.features(),
              settings.mineEpochs(),
              seed,
              listeners);
      return alignment;
    } catch (RuntimeException e) {
      alignment.close();
      throw e;
    }
  }

  /**
   * Opens what {@link #save} wrote.
   *
   * @param data as in training
   * @param rows as in training
   * @param settings as in training
   * @param align as in training
   * @param device where it computes
   * @param seed as in training
   * @param folder where from
   * @return the trained model, to be closed
   * @throws explainrec.data.InputException when a file is missing, or belongs to other data or
   *     settings
   */
  public static Alignment load(
      ExplainedSplit data,
      int[] rows,
      MineSettings settings,
      String align,
      Device device,
      long seed,
      Path folder) {
    Encoders encoders =
        Encoders.load(
            RealSentences.of(data, rows),
            settings,
            align.equals("rating") ? 0 : data.features().size(),
            device,
            folder.resolve(ENCODER));
    Alignment alignment = make(encoders, data, rows, settings, align, device, seed);
    try {
      alignment.estimators().forEach((name, mine) -> mine.load(folder.resolve(name)));
      return alignment;
    } catch (RuntimeException e) {
      alignment.close();
      throw e;
    }
  }

  private static Alignment make(
      Encoders encoders,
      ExplainedSplit data,
      int[] rows,
      MineSettings settings,
      String align,
      Device device,
      long seed) {
    try {
      return new Alignment(encoders, data, rows, settings, align, device, seed);
    } catch (RuntimeException e) {
      encoders.close();
      throw e;
    }
  }

  /**
   * Saves encoder and estimators.
   *
   * @param folder where to; made where missing
   */
  public void save(Path folder) {
    if (encoders.trained() != null) {
      encoders.trained().save(folder.resolve(ENCODER));
    }
    estimators().forEach((name, mine) -> mine.save(folder.resolve(name)));
  }

  private Map<String, Mine> estimators() {
    Map<String, Mine> named = new LinkedHashMap<>();
    if (rating != null) {
      named.put("mine-rating.safetensors", rating);
    }
    if (feature != null) {
      named.put("mine-feature.safetensors", feature);
    }
    return named;
  }

  /**
   * Goes on training the estimators (not the encoder), from where they stand, on other
   * explanations: MMI's even epochs, on those that the generator now writes.
   *
   * @param texts explanations, (N)
   * @param ratings class of each one's rating, (N); not read when not aligned with ratings
   * @param features number of each one's feature, -1 for none, (N); not read when not aligned with
   *     features
   * @param epochs how many
   * @param epochSeed of the order
   * @param listeners as in {@link #train}
   * @return how each estimator's training went, by {@code I(R;E)} and {@code I(F;E)}
   * @throws explainrec.data.InputException when T is no longer a number; it is then as it was after
   *     the last whole epoch
   */
  public Map<String, Trainer.Outcome> learn(
      List<String> texts,
      int[] ratings,
      int[] features,
      int epochs,
      long epochSeed,
      Function<String, TrainingListener> listeners) {
    List<float[]> vectors = encoders.sentences().of(texts);
    Map<String, Trainer.Outcome> found = new LinkedHashMap<>();
    if (rating != null) {
      List<TrainingListener> hear = List.of(listeners.apply("I(R;E)"));
      found.put("I(R;E)", rating.fit(vectors, ratings, epochs, epochSeed, hear));
    }
    if (feature != null) {
      List<TrainingListener> hear = List.of(listeners.apply("I(F;E)"));
      found.put("I(F;E)", feature.fit(vectors, features, epochs, epochSeed, hear));
    }
    return found;
  }

  @Override
  public void forget() {
    encoder().forget();
  }

  /** One epoch of each estimator that finds at least two different y; others learn nothing. */
  @Override
  public void refit(List<String> texts, int[] ratings, int[] features, long epochSeed) {
    List<float[]> vectors = encoders.sentences().of(texts);
    if (rating != null && different(ratings) > 1) {
      rating.fit(vectors, ratings, 1, epochSeed, List.of());
    }
    if (feature != null && different(features) > 1) {
      feature.fit(vectors, features, 1, epochSeed, List.of());
    }
  }

  private static long different(int[] classes) {
    return Arrays.stream(classes).filter(y -> y >= 0).distinct().count();
  }

  /** Whether it has an estimator of I(R;E). */
  public boolean ofRatings() {
    return rating != null;
  }

  /** Whether it has an estimator of I(F;E). */
  public boolean ofFeatures() {
    return feature != null;
  }

  /** The frozen encoder. */
  public SentenceEncoder encoder() {
    return encoders.sentences();
  }

  /** The encoder, where it was trained here; else null. */
  TrainedEncoder trained() {
    return encoders.trained();
  }

  /** The seed it was trained with. */
  public long seed() {
    return seed;
  }

  /** How many real explanations it learnt from at first. */
  public int rows() {
    return learnt;
  }

  /** The settings it was trained with. */
  public MineSettings settings() {
    return settings;
  }

  /** How the first training of each estimator went; empty when it was loaded. */
  public Map<String, Trainer.Outcome> outcomes() {
    return outcomes;
  }

  /**
   * The parts of I(R;E)'s bound, with the exact marginal over the ratings of these explanations.
   *
   * @param texts explanations, may be empty texts, (N)
   * @param ratings class of each one's rating, 0..4, (N)
   * @return (N)
   */
  public Scored scoreRating(List<String> texts, int[] ratings) {
    return rating.score(encoder().of(texts), ratings);
  }

  /**
   * The parts of I(F;E)'s bound, with the exact marginal over the features of these explanations.
   *
   * @param texts explanations, may be empty texts, (N)
   * @param features number of each one's feature, -1 for none, (N)
   * @return (N), NaN for those without a feature
   */
  public Scored scoreFeature(List<String> texts, int[] features) {
    return feature.score(encoder().of(texts), features);
  }

  @Override
  public float[][] ratingScores(List<String> texts) {
    return rating.scores(encoder().of(texts));
  }

  @Override
  public float[][] featureScores(List<String> texts) {
    return feature.scores(encoder().of(texts));
  }

  /**
   * T of explanations with some features, as a batch of requests has them.
   *
   * @param texts (N)
   * @param features numbers, (P)
   * @return T(e_n, f_p), (N, P)
   */
  public float[][] featureScores(List<String> texts, int[] features) {
    return feature.scores(encoder().of(texts), features);
  }

  /**
   * The estimators' numbers, as they stand: fine-tuning changes them.
   *
   * @return by file name, as {@link #save} names them
   */
  public Map<String, float[]> numbers() {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    estimators().forEach((name, mine) -> numbers.put(name, mine.parameters().values()));
    return numbers;
  }

  /**
   * Sets the estimators back.
   *
   * @param numbers from {@link #numbers}
   */
  public void restore(Map<String, float[]> numbers) {
    estimators().forEach((name, mine) -> mine.parameters().set(numbers.get(name)));
  }

  @Override
  public void close() {
    estimators().values().forEach(Mine::close);
    encoders.close();
  }
}
