package explainrec.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import explainrec.backbones.AlfmSettings;
import explainrec.backbones.AnrSettings;
import explainrec.backbones.ApRef2SeqSettings;
import explainrec.backbones.Att2SeqSettings;
import explainrec.backbones.BiasSettings;
import explainrec.backbones.Gpt2MiniSettings;
import explainrec.backbones.MfSettings;
import explainrec.backbones.NcfSettings;
import explainrec.backbones.NrtSettings;
import explainrec.backbones.PeplerSettings;
import explainrec.backbones.PeterSettings;
import explainrec.data.Check;
import explainrec.data.DataSettings;
import explainrec.data.InputException;
import explainrec.data.WorldSettings;
import explainrec.elixir.RatingSettings;
import explainrec.elixir.ReviewSettings;
import explainrec.mmi.MineSettings;
import explainrec.mmi.MmiSettings;
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
 * @param wholeReviews generators that write whole reviews
 * @param nrt the generator NRT
 * @param mf the rating baseline MF
 * @param ncf the rating baselines MLP and NeuMF
 * @param alfm the rating baseline ALFM
 * @param anr the rating baseline ANR
 * @param pepler the generator PEPLER
 * @param gptMini the kit's own small GPT-2
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
    MmiSettings mmi,
    WholeReviewSettings wholeReviews,
    NrtSettings nrt,
    MfSettings mf,
    NcfSettings ncf,
    AlfmSettings alfm,
    AnrSettings anr,
    PeplerSettings pepler,
    Gpt2MiniSettings gptMini) {

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
            RecordSettings.with(MmiSettings.paper(), Map.of("align", "none")),
            WholeReviewSettings.paper(),
            NrtSettings.paper(),
            MfSettings.paper(),
            NcfSettings.paper(),
            AlfmSettings.paper(),
            AnrSettings.paper(),
            PeplerSettings.paper(),
            Gpt2MiniSettings.defaults());
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
        RecordSettings.with(mmi, changes),
        RecordSettings.with(wholeReviews, changes),
        RecordSettings.with(nrt, changes),
        RecordSettings.with(mf, changes),
        RecordSettings.with(ncf, changes),
        RecordSettings.with(alfm, changes),
        RecordSettings.with(anr, changes),
        RecordSettings.with(pepler, changes),
        RecordSettings.with(gptMini, changes));
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

  /** Which of them each model's run depends on. */
  ModelSettings models() {
    return new ModelSettings(this);
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
        mmi,
        wholeReviews,
        nrt,
        mf,
        ncf,
        alfm,
        anr,
        pepler,
        gptMini);
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
