package explainrec.run;

import explainrec.backbones.AlfmSettings;
import explainrec.backbones.AnrSettings;
import explainrec.backbones.ApRef2SeqSettings;
import explainrec.backbones.Att2SeqSettings;
import explainrec.backbones.MfSettings;
import explainrec.backbones.NcfSettings;
import explainrec.backbones.NrtSettings;
import explainrec.backbones.PeplerSettings;
import explainrec.backbones.PeterSettings;
import explainrec.data.DataSettings;
import explainrec.elixir.RatingSettings;
import explainrec.elixir.ReviewSettings;
import explainrec.mmi.MineSettings;
import explainrec.mmi.MmiSettings;
import explainrec.nn.Optimization;
import explainrec.nn.TrainingPlan;
import explainrec.text.ExplanationSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which settings each model's run depends on, how it is trained, and where that leaves the papers.
 *
 * @param all every setting of the kit
 */
record ModelSettings(KitSettings all) {
  /**
   * The settings that a model's run depends on, by name.
   *
   * @param model whose run
   * @return name to value, in order
   */
  Map<String, Object> of(RatingModel model) {
    Map<String, Object> values = new LinkedHashMap<>(RecordSettings.values(all.data()));
    if (model == RatingModel.BIAS) {
      values.putAll(RecordSettings.values(all.bias()));
    }
    if (model.variant() != null) {
      values.putAll(RecordSettings.values(all.rating().withVariant(model.variant())));
    } else if (model.trained()) {
      values.putAll(RecordSettings.values(baseline(model)[0]));
      values.keySet().removeIf(key -> notOf(model, key));
    }
    return values;
  }

  /** MLP and NeuMF share a record, and MLP has no use for what is about NeuMF in it. */
  private static boolean notOf(RatingModel model, String key) {
    return model == RatingModel.MLP && key.startsWith("neumf");
  }

  /** A trained rating baseline's own settings and its paper's, side by side. */
  private Record[] baseline(RatingModel model) {
    return switch (model) {
      case MF -> new Record[] {all.mf(), MfSettings.paper()};
      case MLP, NEUMF -> new Record[] {all.ncf(), NcfSettings.paper()};
      case ALFM -> new Record[] {all.alfm(), AlfmSettings.paper()};
      case ANR -> new Record[] {all.anr(), AnrSettings.paper()};
      default -> throw new IllegalArgumentException(model + " is no trained baseline");
    };
  }

  /**
   * How a trained rating model is trained.
   *
   * @param model which
   * @return optimizer, epochs, patience
   */
  TrainingPlan plan(RatingModel model) {
    return switch (model) {
      case MF -> all.mf().plan();
      case MLP -> all.ncf().plan();
      case NEUMF -> all.ncf().neumfPlan();
      case ALFM -> all.alfm().plan();
      case ANR -> all.anr().plan();
      default ->
          new TrainingPlan(
              Optimization.adam(all.rating().learningRate()),
              all.rating().maxEpochs(),
              all.rating().patience());
    };
  }

  /**
   * Where a model's run leaves the paper, a sentence each.
   *
   * @param model whose run
   * @return {@code key = value (paper: value)}
   */
  List<String> deviations(RatingModel model) {
    List<String> sentences = RecordSettings.deviations(all.data(), DataSettings.paper());
    if (model.variant() == null && model.trained()) {
      Record[] own = baseline(model);
      sentences.addAll(RecordSettings.deviations(own[0], own[1]));
      sentences.removeIf(sentence -> notOf(model, sentence));
      if (own[0] instanceof NcfSettings) {
        sentences.add("loss = squared error of ratings (paper: log loss of clicks)");
      }
    }
    if (model.variant() != null) {
      sentences.addAll(
          RecordSettings.deviations(
              all.rating(), RatingSettings.paper().withVariant(all.rating().variant())));
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
    if (model.generator() != null) {
      return ofWriter(model.generator(), lm, encoder);
    }
    Map<String, Object> values = of(model.ratings());
    values.putAll(RecordSettings.values(RecordSettings.with(all.reviews(), Map.of("lm", lm))));
    values.putAll(RecordSettings.values(all.mini()));
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
    if (model.generator() != null) {
      return writerDeviations(model.generator(), lm, encoder);
    }
    List<String> sentences = new ArrayList<>(deviations(model.ratings()));
    ReviewSettings paper = ReviewSettings.paper();
    sentences.addAll(
        RecordSettings.deviations(RecordSettings.with(all.reviews(), Map.of("lm", lm)), paper));
    sentences.addAll(
        RecordSettings.deviations(
            new TextMetricSettings(encoder), new TextMetricSettings(TextEncoders.ROBERTA)));
    return sentences;
  }

  /** The settings that whole reviews by a generator depend on. */
  private Map<String, Object> ofWriter(GeneratorModel model, String lm, String encoder) {
    Map<String, Object> values = new LinkedHashMap<>(RecordSettings.values(all.data()));
    if (!model.predictsRating()) {
      values.putAll(RecordSettings.values(all.bias()));
      values.put("explainedRating", all.mmi().explainedRating());
    }
    Record own = ofReviews(generator(model)[0]);
    if (model == GeneratorModel.PEPLER) {
      own = RecordSettings.with(own, Map.of("gpt", lm));
      if (lm.equals(GptModels.MINI)) {
        values.putAll(RecordSettings.values(all.gptMini()));
      }
    }
    values.putAll(RecordSettings.values(own));
    values.putAll(RecordSettings.values(all.wholeReviews()));
    values.put("selectBy", all.reviews().selectBy());
    values.put("selectSample", all.reviews().selectSample());
    values.putAll(RecordSettings.values(new TextMetricSettings(encoder)));
    return values;
  }

  private List<String> writerDeviations(GeneratorModel model, String lm, String encoder) {
    List<String> sentences = RecordSettings.deviations(all.data(), DataSettings.paper());
    Record[] own = generator(model);
    Record used = ofReviews(own[0]);
    if (model == GeneratorModel.PEPLER) {
      used = RecordSettings.with(used, Map.of("gpt", GptModels.described(lm)));
    }
    sentences.addAll(RecordSettings.deviations(used, own[1]));
    sentences.addAll(RecordSettings.deviations(all.wholeReviews(), WholeReviewSettings.paper()));
    if (!model.predictsRating() && all.mmi().explainedRating().equals("predicted")) {
      sentences.add(
          "explainedRating = predicted by the user and item bias (its paper: the real one)");
    }
    sentences.addAll(
        RecordSettings.deviations(
            new TextMetricSettings(encoder), new TextMetricSettings(TextEncoders.ROBERTA)));
    return sentences;
  }

  /** A generator's settings at the length of whole reviews. */
  private Record ofReviews(Record generator) {
    return RecordSettings.with(generator, all.wholeReviews().changes());
  }

  /** A generator's own settings and the paper's, side by side. */
  private Record[] generator(GeneratorModel model) {
    return switch (model) {
      case ATT2SEQ -> new Record[] {all.att2seq(), Att2SeqSettings.paper()};
      case APREF2SEQ -> new Record[] {all.apref2seq(), ApRef2SeqSettings.paper()};
      case PETER, PETER_PLUS -> new Record[] {all.peter(), PeterSettings.paper()};
      case ELIXIR -> new Record[] {all.reviews(), ReviewSettings.paper()};
      case NRT -> new Record[] {all.nrt(), NrtSettings.paper()};
      case PEPLER -> new Record[] {all.pepler(), PeplerSettings.paper()};
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
              all.att2seq().optimization(),
              all.att2seq().att2seqBatchSize(),
              all.att2seq().att2seqEpochs(),
              all.att2seq().att2seqPatience());
      case APREF2SEQ ->
          new BackboneTraining(
              all.apref2seq().optimization(),
              all.apref2seq().apref2seqBatchSize(),
              all.apref2seq().apref2seqEpochs(),
              all.apref2seq().apref2seqPatience());
      case PETER, PETER_PLUS ->
          new BackboneTraining(
              all.peter().optimization(),
              all.peter().peterBatchSize(),
              all.peter().peterEpochs(),
              all.peter().peterPatience());
      case ELIXIR ->
          new BackboneTraining(
              Optimization.adam(all.reviews().reviewLearningRate()),
              all.reviews().reviewBatchSize(),
              all.reviews().reviewEpochs(),
              all.reviews().reviewPatience());
      case NRT ->
          new BackboneTraining(
              all.nrt().optimization(),
              all.nrt().nrtBatchSize(),
              all.nrt().nrtEpochs(),
              all.nrt().nrtPatience());
      case PEPLER ->
          new BackboneTraining(
              all.pepler().optimization(),
              all.pepler().peplerBatchSize(),
              all.pepler().peplerEpochs(),
              all.pepler().peplerPatience());
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
    Map<String, Object> values = new LinkedHashMap<>(RecordSettings.values(all.data()));
    values.putAll(RecordSettings.values(all.explanations()));
    values.putAll(RecordSettings.values(all.bias()));
    if (model == GeneratorModel.ELIXIR) {
      values.putAll(RecordSettings.values(all.rating().withVariant("full")));
      values.putAll(RecordSettings.values(RecordSettings.with(all.reviews(), Map.of("lm", lm))));
      values.putAll(RecordSettings.values(all.mini()));
    } else if (model == GeneratorModel.PEPLER) {
      values.putAll(RecordSettings.values(RecordSettings.with(all.pepler(), Map.of("gpt", lm))));
      if (lm.equals(GptModels.MINI)) {
        values.putAll(RecordSettings.values(all.gptMini()));
      }
    } else {
      values.putAll(RecordSettings.values(generator(model)[0]));
    }
    values.putAll(RecordSettings.values(all.mine()));
    if (all.mmi().align().equals("none")) {
      values.put("align", "none");
      values.put("explainedRating", all.mmi().explainedRating());
    } else {
      values.putAll(RecordSettings.values(all.mmi()));
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
    List<String> sentences = RecordSettings.deviations(all.data(), DataSettings.paper());
    sentences.addAll(RecordSettings.deviations(all.explanations(), ExplanationSettings.paper()));
    Record[] own = generator(model);
    Record used =
        switch (model) {
          case ELIXIR -> RecordSettings.with(own[0], Map.of("lm", lm));
          case PEPLER -> RecordSettings.with(own[0], Map.of("gpt", GptModels.described(lm)));
          default -> own[0];
        };
    sentences.addAll(RecordSettings.deviations(used, own[1]));
    sentences.addAll(RecordSettings.deviations(all.mine(), MineSettings.paper()));
    if (!all.mmi().align().equals("none")) {
      MmiSettings paper =
          RecordSettings.with(MmiSettings.paper(), Map.of("align", all.mmi().align()));
      sentences.addAll(RecordSettings.deviations(all.mmi(), paper));
    }
    return sentences;
  }
}
