package explainrec.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import explainrec.backbones.ApRef2SeqSettings;
import explainrec.backbones.Att2SeqSettings;
import explainrec.backbones.BiasSettings;
import explainrec.backbones.PeterSettings;
import explainrec.data.Check;
import explainrec.data.DataSettings;
import explainrec.data.InputException;
import explainrec.data.WorldSettings;
import explainrec.elixir.RatingSettings;
import explainrec.elixir.ReviewSettings;
import explainrec.mmi.MineSettings;
import explainrec.mmi.MmiSettings;
import explainrec.nn.Optimization;
import explainrec.t5.MiniSettings;
import explainrec.text.ExplanationSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every setting of the kit. Each has one name, unique over all parts, so that {@code --set
 * width=128} needs no prefix. They come from the papers, then the profile's preset, then the data
 * set's preset, then what the user set.
 *
 * @param study how often runs are repeated
 * @param data from reviews to splits
 * @param world the generated data
 * @param rating ELIXIR's rating module
 * @param bias the bias baseline
 * @param reviews ELIXIR's review module
 * @param mini the kit's own small language model
 * @param texts how written texts are measured
 * @param explanations from reviews to short explanations
 * @param att2seq the generator Att2Seq
 * @param apref2seq the generator ApRef2Seq
 * @param peter the generators PETER and PETER+
 * @param mine the estimator of mutual information
 * @param mmi fine-tuning by policy gradient
 */
public record KitSettings(
    StudySettings study,
    DataSettings data,
    WorldSettings world,
    RatingSettings rating,
    BiasSettings bias,
    ReviewSettings reviews,
    MiniSettings mini,
    TextMetricSettings texts,
    ExplanationSettings explanations,
    Att2SeqSettings att2seq,
    ApRef2SeqSettings apref2seq,
    PeterSettings peter,
    MineSettings mine,
    MmiSettings mmi) {

  /** Set by the choice of the model, not by hand. */
  private static final String VARIANT = "variant";

  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * Reads the presets and lays the user's settings over them.
   *
   * @param profile {@code smoke}, {@code quick} or {@code paper}
   * @param dataset the data set's name; its preset is used if there is one
   * @param overrides what the user set, key to value
   * @return the settings
   * @throws InputException for an unknown profile or key, or a value out of range
   */
  public static KitSettings of(String profile, String dataset, Map<String, String> overrides) {
    Check.oneOf("profile", profile, "smoke", "quick", "paper");
    KitSettings defaults =
        new KitSettings(
            new StudySettings(1, 1, 1),
            DataSettings.defaults(),
            WorldSettings.profile(profile),
            RatingSettings.paper(),
            BiasSettings.defaults(),
            ReviewSettings.paper(),
            MiniSettings.defaults(),
            TextMetricSettings.defaults(),
            ExplanationSettings.defaults(),
            Att2SeqSettings.paper(),
            ApRef2SeqSettings.paper(),
            PeterSettings.paper(),
            MineSettings.paper(),
            RecordSettings.with(MmiSettings.paper(), Map.of("align", "none")));
    Map<String, String> changes = new LinkedHashMap<>(preset(profile));
    // Smoke only asks whether everything runs, so a data set's wish for more seeds does not count
    // there.
    Map<String, String> ofDataset = preset("data-" + dataset);
    if (profile.equals("smoke")) {
      ofDataset.remove("seeds");
      ofDataset.remove("textSeeds");
      ofDataset.remove("explanationSeeds");
    }
    changes.putAll(ofDataset);
    changes.putAll(overrides);
    return defaults.changed(changes);
  }

  /**
   * A copy with some settings changed.
   *
   * @param changes settings by name
   * @return the copy
   * @throws InputException for an unknown setting or a value out of range
   */
  KitSettings changed(Map<String, String> changes) {
    requireKnown(changes);
    return with(changes);
  }

  private KitSettings with(Map<String, String> changes) {
    return new KitSettings(
        RecordSettings.with(study, changes),
        RecordSettings.with(data, changes),
        RecordSettings.with(world, changes),
        RecordSettings.with(rating, changes),
        RecordSettings.with(bias, changes),
        RecordSettings.with(reviews, changes),
        RecordSettings.with(mini, changes),
        RecordSettings.with(texts, changes),
        RecordSettings.with(explanations, changes),
        RecordSettings.with(att2seq, changes),
        RecordSettings.with(apref2seq, changes),
        RecordSettings.with(peter, changes),
        RecordSettings.with(mine, changes),
        RecordSettings.with(mmi, changes));
  }

  private void requireKnown(Map<String, String> changes) {
    List<String> known = keys();
    for (Map.Entry<String, String> change : changes.entrySet()) {
      if (!known.contains(change.getKey())) {
        throw InputException.setting(
            change.getKey(),
            change.getValue(),
            "one of these settings: " + String.join(", ", known));
      }
    }
  }

  /**
   * The names of all settings that can be set.
   *
   * @return unique names, by part
   */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (Record part : parts()) {
      keys.addAll(RecordSettings.keys(part.getClass()));
    }
    keys.remove(VARIANT);
    return keys;
  }

  /**
   * Every setting that can be set, with its value.
   *
   * @return name to value, by part
   */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    parts().forEach(part -> values.putAll(RecordSettings.values(part)));
    values.remove(VARIANT);
    return values;
  }

  /**
   * The settings that a model's run depends on, by name.
   *
   * @param model whose run
   * @return name to value, in order
   */
  Map<String, Object> of(RatingModel model) {
    Map<String, Object> values = new LinkedHashMap<>(RecordSettings.values(data));
    if (model == RatingModel.BIAS) {
      values.putAll(RecordSettings.values(bias));
    }
    if (model.trained()) {
      values.putAll(RecordSettings.values(rating.withVariant(model.variant())));
    }
    return values;
  }

  /**
   * Where a model's run leaves the paper, a sentence each.
   *
   * @param model whose run
   * @return {@code key = value (paper: value)}
   */
  List<String> deviations(RatingModel model) {
    List<String> sentences = RecordSettings.deviations(data, DataSettings.paper());
    if (model.trained()) {
      sentences.addAll(
          RecordSettings.deviations(rating, RatingSettings.paper().withVariant(rating.variant())));
    }
    return sentences;
  }

  /**
   * The settings that a review model's run depends on, by name.
   *
   * @param model whose run
   * @param lm the language model's name, in place of the path to it
   * @param encoder BERTScore's encoder, likewise
   * @return name to value, in order
   */
  Map<String, Object> of(ReviewModel model, String lm, String encoder) {
    Map<String, Object> values = of(model.ratings());
    values.putAll(RecordSettings.values(RecordSettings.with(reviews, Map.of("lm", lm))));
    values.putAll(RecordSettings.values(mini));
    values.putAll(RecordSettings.values(new TextMetricSettings(encoder)));
    return values;
  }

  /**
   * Where a review model's run leaves the paper, a sentence each.
   *
   * @param model whose run
   * @param lm the language model's name
   * @param encoder BERTScore's
   * @return {@code key = value (paper: value)}
   */
  List<String> deviations(ReviewModel model, String lm, String encoder) {
    List<String> sentences = new ArrayList<>(deviations(model.ratings()));
    ReviewSettings paper = ReviewSettings.paper();
    sentences.addAll(
        RecordSettings.deviations(RecordSettings.with(reviews, Map.of("lm", lm)), paper));
    sentences.addAll(
        RecordSettings.deviations(
            new TextMetricSettings(encoder), new TextMetricSettings(TextEncoders.ROBERTA)));
    return sentences;
  }

  /** A generator's own settings and the paper's, side by side. */
  private Record[] generator(GeneratorModel model) {
    return switch (model) {
      case ATT2SEQ -> new Record[] {att2seq, Att2SeqSettings.paper()};
      case APREF2SEQ -> new Record[] {apref2seq, ApRef2SeqSettings.paper()};
      case PETER, PETER_PLUS -> new Record[] {peter, PeterSettings.paper()};
      case ELIXIR -> new Record[] {reviews, ReviewSettings.paper()};
    };
  }

  /**
   * How a generator's backbone is trained.
   *
   * @param model which
   * @return optimizer, batches and epochs
   */
  BackboneTraining training(GeneratorModel model) {
    return switch (model) {
      case ATT2SEQ ->
          new BackboneTraining(
              att2seq.optimization(),
              att2seq.att2seqBatchSize(),
              att2seq.att2seqEpochs(),
              att2seq.att2seqPatience());
      case APREF2SEQ ->
          new BackboneTraining(
              apref2seq.optimization(),
              apref2seq.apref2seqBatchSize(),
              apref2seq.apref2seqEpochs(),
              apref2seq.apref2seqPatience());
      case PETER, PETER_PLUS ->
          new BackboneTraining(
              peter.optimization(),
              peter.peterBatchSize(),
              peter.peterEpochs(),
              peter.peterPatience());
      case ELIXIR ->
          new BackboneTraining(
              Optimization.adam(reviews.reviewLearningRate()),
              reviews.reviewBatchSize(),
              reviews.reviewEpochs(),
              reviews.reviewPatience());
    };
  }

  /**
   * The settings that a generator's run depends on, by name.
   *
   * @param model whose run
   * @param lm the language model's name, in place of the path to it
   * @return name to value, in order; of fine-tuning only what a backbone depends on, too, where
   *     nothing is aligned
   */
  Map<String, Object> of(GeneratorModel model, String lm) {
    Map<String, Object> values = new LinkedHashMap<>(RecordSettings.values(data));
    values.putAll(RecordSettings.values(explanations));
    values.putAll(RecordSettings.values(bias));
    if (model == GeneratorModel.ELIXIR) {
      values.putAll(RecordSettings.values(rating.withVariant("full")));
      values.putAll(RecordSettings.values(RecordSettings.with(reviews, Map.of("lm", lm))));
      values.putAll(RecordSettings.values(mini));
    } else {
      values.putAll(RecordSettings.values(generator(model)[0]));
    }
    values.putAll(RecordSettings.values(mine));
    if (mmi.align().equals("none")) {
      values.put("align", "none");
      values.put("explainedRating", mmi.explainedRating());
    } else {
      values.putAll(RecordSettings.values(mmi));
    }
    return values;
  }

  /**
   * Where a generator's run leaves the papers, a sentence each.
   *
   * @param model whose run
   * @param lm the language model's name
   * @return {@code key = value (paper: value)}
   */
  List<String> deviations(GeneratorModel model, String lm) {
    List<String> sentences = RecordSettings.deviations(data, DataSettings.paper());
    sentences.addAll(RecordSettings.deviations(explanations, ExplanationSettings.paper()));
    Record[] own = generator(model);
    Record used =
        model == GeneratorModel.ELIXIR ? RecordSettings.with(own[0], Map.of("lm", lm)) : own[0];
    sentences.addAll(RecordSettings.deviations(used, own[1]));
    sentences.addAll(RecordSettings.deviations(mine, MineSettings.paper()));
    if (!mmi.align().equals("none")) {
      MmiSettings paper = RecordSettings.with(MmiSettings.paper(), Map.of("align", mmi.align()));
      sentences.addAll(RecordSettings.deviations(mmi, paper));
    }
    return sentences;
  }

  private List<Record> parts() {
    return List.of(
        study,
        data,
        world,
        rating,
        bias,
        reviews,
        mini,
        texts,
        explanations,
        att2seq,
        apref2seq,
        peter,
        mine,
        mmi);
  }

  private static Map<String, String> preset(String name) {
    String resource = "/presets/" + name + ".yaml";
    try (InputStream in = KitSettings.class.getResourceAsStream(resource)) {
      return in == null
          ? new LinkedHashMap<>()
          : YAML.readValue(in, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (IOException e) {
      throw new IllegalStateException("preset " + resource + " cannot be read", e);
    }
  }
}
