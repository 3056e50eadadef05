package explainrec.run;

import explainrec.backbones.ExplanationGenerator;
import explainrec.backbones.GeneratorTraining;
import explainrec.backbones.Requests;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.data.Split;
import explainrec.nn.Optimization;
import explainrec.nn.Parameters;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import explainrec.text.ReviewWords;
import explainrec.text.WholeReviews;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A generator of explanations writing whole reviews: on ELIXIR's split and texts, up to as many
 * words as ELIXIR's reviews have tokens, its best epoch chosen as ELIXIR's is, by the reviews
 * written for the same validation rows. It is trained by its own loss as its authors train it; the
 * falling learning rate and the patience follow its own validation loss.
 *
 * <p>A generator that predicts no rating explains one of {@link GivenRatings} wherever a row is not
 * of train: never the one that the row's user gave, unless {@code explainedRating} asks for it.
 */
final class GeneratorWriter implements ReviewWriter {
  private static final int WRITTEN_AT_ONCE = 128;

  private final Session session;
  private final GeneratorModel model;
  private final Prepared prepared;
  private final BackboneTraining how;
  private final ReviewWords words;
  private final ExplainedSplit data;
  private final Generators.Open open;
  private final ExplanationGenerator generator;
  private final GeneratorTraining own;
  private final List<Trainable> stages;

  /**
   * Makes an untrained one.
   *
   * @param asked settings and device
   * @param prepared the data
   * @param model which generator
   * @param seed of its random start and of the validation sample
   * @param onSample takes a written review of validation after every epoch
   * @param lines hear of what is made first
   */
  GeneratorWriter(
      Session asked,
      Prepared prepared,
      GeneratorModel model,
      long seed,
      Consumer<WrittenReview> onSample,
      Consumer<String> lines) {
    this.session = asked.with(asked.settings().wholeReviews().changes());
    this.prepared = prepared;
    this.model = model;
    this.how = session.settings().models().training(model);
    this.words = model.words();
    this.data = WholeReviews.of(prepared.split(), words);
    this.open = Generators.open(session, prepared, data, model, seed, lines);
    this.generator = open.generator();
    this.own = new GeneratorTraining(generator, data, how.batchSize());
    this.stages =
        generator.stages().stream()
            .<Trainable>map(
                trained ->
                    new Training(
                        new GeneratorTraining(generator, data, how.batchSize(), trained),
                        seed,
                        onSample))
            .toList();
  }

  /** Trained by its own loss, judged as ELIXIR is. */
  private final class Training implements Trainable {
    private final GeneratorTraining stage;
    private final int[] sample;
    private final Requests sampled;
    private final Requests validation;
    private final WrittenSample judge;

    Training(GeneratorTraining stage, long seed, Consumer<WrittenReview> onSample) {
      this.stage = stage;
      Split split = data.split();
      this.sample =
          Shuffle.some(split.validation(), session.settings().reviews().selectSample(), seed);
      this.sampled = requests(sample);
      this.validation = requests(split.validation());
      String by = session.settings().reviews().selectBy();
      this.judge = new WrittenSample(prepared.interactions(), by, onSample);
    }

    @Override
    public Parameters parameters() {
      return stage.parameters();
    }

    @Override
    public int beginEpoch(long seed) {
      return stage.beginEpoch(seed);
    }

    @Override
    public Loss loss(int step, Weights weights) {
      return stage.loss(step, weights);
    }

    @Override
    public int examples(int step) {
      return stage.examples(step);
    }

    @Override
    public Validation validate() {
      int[] rows = validation.rows();
      double[] losses = own.losses(validation);
      double tokens = 0;
      double sum = 0;
      for (int n = 0; n < rows.length; n++) {
        tokens += own.tokens(rows[n]);
        sum += losses[n] * own.tokens(rows[n]);
      }
      double loss = Arrays.stream(losses).average().orElse(0);
      Validation judged = judge.score(sample, write(sampled, Progress.SILENT), loss);
      Map<String, Double> parts = new LinkedHashMap<>(judged.parts());
      double followed = sum / tokens;
      if (generator.predictsRating()) { // as PETER's authors choose epochs
        double square = squaredError(rows);
        parts.put("rmse", Math.sqrt(square));
        followed += square;
      }
      parts.put(Validation.FOLLOWED, followed);
      return new Validation(judged.score(), parts);
    }

    private double squaredError(int[] rows) {
      float[] predicted = generator.ratings(generator.parameters().frozen(), validation);
      double sum = 0;
      for (int n = 0; n < rows.length; n++) {
        double miss = predicted[n] - data.split().data().overall(rows[n]);
        sum += miss * miss;
      }
      return sum / rows.length;
    }
  }

  private Requests requests(int[] rows) {
    return Requests.of(data, rows).withRatings(GivenRatings.of(session, prepared, rows));
  }

  private List<String> write(Requests requests, Progress progress) {
    List<String> texts = new ArrayList<>();
    Weights weights = generator.parameters().frozen();
    for (int from = 0; from < requests.size(); from += WRITTEN_AT_ONCE) {
      int first = from;
      int[] places = new int[Math.min(WRITTEN_AT_ONCE, requests.size() - from)];
      Arrays.setAll(places, n -> first + n);
      for (int[] written : generator.write(weights, requests.select(places))) {
        texts.add(words.join(generator.words(written)));
      }
      progress.update("writing reviews", texts.size(), requests.size());
    }
    return texts;
  }

  @Override
  public Trainable training() {
    return stages.get(stages.size() - 1);
  }

  @Override
  public List<Trainable> stages() {
    return stages;
  }

  @Override
  public Optimization optimization() {
    return how.optimization();
  }

  @Override
  public int epochs() {
    return how.epochs();
  }

  @Override
  public int patience() {
    return how.patience();
  }

  @Override
  public void save(Path folder) {
    generator.save(folder);
  }

  @Override
  public void load(Path folder) {
    generator.load(folder);
  }

  @Override
  public List<String> write(int[] rows, Progress progress) {
    return write(requests(rows), progress);
  }

  @Override
  public double[] losses(int[] rows) {
    return own.losses(requests(rows));
  }

  @Override
  public float[][] predict(int[] rows) {
    return generator.predictsRating()
        ? new float[][] {generator.ratings(generator.parameters().frozen(), requests(rows))}
        : null;
  }

  @Override
  public Map<String, Long> sizes() {
    return Map.of("generator", generator.parameters().count());
  }

  @Override
  public ReviewResult.Lm lm() {
    return model == GeneratorModel.PEPLER ? GptModels.result(session, prepared) : null;
  }

  @Override
  public void close() {
    open.close();
  }
}
