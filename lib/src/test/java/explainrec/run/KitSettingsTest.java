package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.DataSettings;
import explainrec.data.InputException;
import explainrec.elixir.RatingSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where settings come from, and which are refused. */
final class KitSettingsTest {
  @Test
  void everyKeyStandsOnce() {
    List<String> keys = settings("quick", "world").keys();
    assertEquals(keys.size(), new HashSet<>(keys).size(), keys.toString());
    assertTrue(keys.containsAll(List.of("seeds", "minReviews", "worldUsers", "width")));
    assertEquals(new ArrayList<>(settings("quick", "world").values().keySet()), keys);
  }

  @Test
  void theProfileOverridesThePaper() {
    assertEquals(256, RatingSettings.paper().width());
    assertEquals(32, settings("smoke", "other").rating().width());
    assertEquals(256, settings("quick", "other").rating().width());
  }

  @Test
  void thePaperProfileIsThePaper() {
    KitSettings paper = settings("paper", "other");
    assertEquals(RatingSettings.paper(), paper.rating());
    assertEquals(DataSettings.paper(), paper.data());
    assertEquals(5, paper.study().seeds());
  }

  @Test
  void theDataSetOverridesTheProfile() {
    assertEquals(3, settings("quick", "other").study().seeds());
    assertEquals(5, settings("quick", "ratebeer-sample").study().seeds());
    assertEquals("error", settings("quick", "other").data().duplicates());
    assertEquals("first", settings("quick", "tripadvisor").data().duplicates());
  }

  @Test
  void smokeRunsOneSeedWhateverTheDataSetWishes() {
    assertEquals(1, settings("smoke", "ratebeer-sample").study().seeds());
  }

  @Test
  void theUserOverridesAll() {
    KitSettings settings =
        KitSettings.of(
            "smoke",
            "ratebeer-sample",
            Map.of("seeds", "7", "width", "48", "lowerCase", "false", "splitSeed", "-3"));
    assertEquals(7, settings.study().seeds());
    assertEquals(48, settings.rating().width());
    assertFalse(settings.data().lowerCase());
    assertEquals(-3, settings.data().splitSeed());
    assertEquals(64, settings.rating().batchSize(), "what was not set stays");
  }

  @Test
  void anUnknownKeyIsRefusedWithTheKnownOnes() {
    String message = refused(Map.of("widht", "64"));
    assertTrue(message.startsWith("setting widht = 64: "), message);
    assertTrue(message.contains("width") && message.contains("minReviews"), message);
  }

  @Test
  void theVariantIsTheModelsBusiness() {
    assertTrue(refused(Map.of("variant", "full")).startsWith("setting variant = full: "));
    assertFalse(settings("quick", "world").keys().contains("variant"));
    assertFalse(settings("quick", "world").values().containsKey("variant"));
  }

  @ParameterizedTest
  @CsvSource({
    "width, wide, whole number",
    "width, 1.5, whole number",
    "width, '', whole number",
    "width, 99999999999, whole number",
    "width, 0, from 1 to 4096",
    "dropout, little, number",
    "dropout, NaN, 0.0 to 0.9",
    "splitSeed, x, whole number",
    "lowerCase, yes, true | false",
    "filter, most, single | core | none",
    "overallWeight, 2, 0.0 to 1.0",
    "biasShrinkage, -1, 0.0 to 1000.0",
    "seeds, 0, from 1 to 100",
    "worldUsers, 0, from 1"
  })
  void aWrongValueIsRefusedWithTheAllowedOnes(String key, String value, String allowed) {
    String message = refused(Map.of(key, value));
    assertTrue(message.startsWith("setting " + key + " = " + value), message);
    assertTrue(message.contains("allowed is ") && message.contains(allowed), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "", "Quick"})
  void anUnknownProfileIsRefused(String profile) {
    String message =
        assertThrows(InputException.class, () -> KitSettings.of(profile, "world", Map.of()))
            .getMessage();
    assertTrue(message.contains("smoke | quick | paper"), message);
  }

  @Test
  void aModelsSettingsAreThoseItDependsOn() {
    KitSettings settings = settings("quick", "world");
    assertTrue(settings.models().of(RatingModel.AVERAGE).containsKey("minReviews"));
    assertFalse(settings.models().of(RatingModel.AVERAGE).containsKey("biasShrinkage"));
    assertTrue(settings.models().of(RatingModel.BIAS).containsKey("biasShrinkage"));
    assertFalse(settings.models().of(RatingModel.BIAS).containsKey("width"));
    assertEquals("no-global", settings.models().of(RatingModel.ELIXIR_NO_GLOBAL).get("variant"));
    assertFalse(settings.models().of(RatingModel.ELIXIR).containsKey("biasShrinkage"));
    assertTrue(settings.models().of(RatingModel.MF).containsKey("mfWidth"));
    assertFalse(settings.models().of(RatingModel.MF).containsKey("width"));
    assertTrue(settings.models().of(RatingModel.NEUMF).containsKey("neumfPretraining"));
    assertFalse(settings.models().of(RatingModel.MLP).containsKey("neumfPretraining"));
    assertTrue(settings.models().of(RatingModel.MLP).containsKey("ncfFactors"));
  }

  @Test
  void thePaperProfileIsThatOfTheBaselinesPapersToo() {
    ModelSettings paper = settings("paper", "other").models();
    assertEquals(List.of(), paper.deviations(RatingModel.MF));
    assertEquals(
        List.of("loss = squared error of ratings (paper: log loss of clicks)"),
        paper.deviations(RatingModel.NEUMF));
    assertEquals(List.of(), paper.deviations(RatingModel.ALFM));
    assertEquals(
        List.of("anrWordVectors = trained (paper: google-news)"),
        paper.deviations(RatingModel.ANR));
  }

  @Test
  void deviationsNameTheSettingItsValueAndThePapers() {
    KitSettings paper = settings("paper", "other");
    assertEquals(List.of(), paper.models().deviations(RatingModel.ELIXIR));
    assertEquals(List.of(), paper.models().deviations(RatingModel.ELIXIR_NO_ATTENTION));
    KitSettings other = KitSettings.of("paper", "other", Map.of("width", "64", "minReviews", "10"));
    assertEquals(
        List.of("minReviews = 10 (paper: 5)", "width = 64 (paper: 256)"),
        other.models().deviations(RatingModel.ELIXIR_NO_GLOBAL));
    assertEquals(
        List.of("minReviews = 10 (paper: 5)"), other.models().deviations(RatingModel.BIAS));
  }

  private static KitSettings settings(String profile, String dataset) {
    return KitSettings.of(profile, dataset, Map.of());
  }

  private static String refused(Map<String, String> overrides) {
    String message =
        assertThrows(InputException.class, () -> KitSettings.of("quick", "world", overrides))
            .getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }
}
