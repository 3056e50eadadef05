package explainrec.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.DataSettings;
import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.PeterSource;
import explainrec.data.Preparation;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.data.Split;
import explainrec.data.Splits;
import explainrec.data.World;
import explainrec.data.WorldMention;
import explainrec.data.WorldPolarity;
import explainrec.data.WorldReading;
import explainrec.data.WorldSettings;
import explainrec.data.WorldSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.razorvine.pickle.Pickler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationsTest {
  private static final ExplanationSettings SETTINGS = ExplanationSettings.defaults();

  @TempDir private static Path work;
  @TempDir private Path folder;

  private static World world;
  private static Prepared prepared;
  private static ExplainedSplit explained;

  @BeforeAll
  static void explainTheWorld() {
    world = new World(WorldSettings.smoke());
    prepared = Preparation.prepare(world, plain(), work, Progress.SILENT);
    explained = Explanations.of(world, prepared, SETTINGS, Progress.SILENT);
  }

  private static DataSettings plain() {
    return new DataSettings(
        "none", 1, "any", true, true, 128, "error", "drop", "random", 0.8, 0.1, 42, "keep", 0.8, 3);
  }

  private static ExplainedSplit explain(ExplanationSettings settings) {
    return Explanations.of(world, prepared, settings, Progress.SILENT);
  }

  private static ExplanationSettings choosing(String choice) {
    return new ExplanationSettings("clause", 15, "drop", 3, "drop", choice, 10, 0, 20_000);
  }

  private static List<Explanation> found(ExplainedSplit split) {
    return split.explanations().stream().filter(e -> e != null).toList();
  }

  /** The statement of a text whose feature ends in a word; null when there is none. */
  private static WorldMention said(String text, String feature) {
    return WorldReading.of(text).mentions().stream()
        .filter(m -> m.feature().equals(feature) || m.feature().endsWith(" " + feature))
        .findFirst()
        .orElse(null);
  }

  /**
   * On reviews that were not learnt from, over all their usable clauses: what is found against what
   * was said. The extractor knows nothing of the world's grammar.
   */
  @Test
  void featuresOpinionsAndPraiseOfTheWorldAreThoseThatWereSaid() {
    World larger =
        new World(
            WorldSettings.smoke()
                .with("worldUsers", 300)
                .with("worldItems", 200)
                .with("worldReviews", 6_000));
    Split split = Preparation.prepare(larger, plain(), work, Progress.SILENT).split();
    Map<Integer, List<Clause>> clauses = Explanations.clauses(split, SETTINGS, Progress.SILENT);
    FeatureLexicon lexicon = Explanations.learn(split, clauses, SETTINGS);
    Score features = new Score();
    Score opinions = new Score();
    Score praise = new Score();
    for (int row : IntStream.concat(of(split.validation()), of(split.test())).toArray()) {
      for (Clause clause : clauses.get(row)) {
        String text = String.join(" ", clause.words());
        boolean names =
            WorldReading.of(text).mentions().stream().anyMatch(m -> !m.feature().isEmpty());
        Explanation e = lexicon.read(clause);
        WorldMention mention = e == null ? null : said(text, e.feature());
        features.add(names, e != null, mention != null);
        if (mention != null) {
          opinions.add(true, !e.opinion().isEmpty(), insidePolarity(e));
          if (mention.polarity() != null && mention.polarity() != WorldPolarity.NEUTRAL) {
            int truth = mention.polarity() == WorldPolarity.POSITIVE ? 1 : -1;
            praise.add(true, e.score() != 0, e.score() == truth);
          }
        }
      }
    }
    String numbers =
        "feature " + features + "; opinion word " + opinions + "; praise or blame " + praise;
    assertTrue(features.precision() >= 0.95, numbers);
    assertTrue(features.recall() >= 0.9, numbers);
    assertTrue(opinions.precision() >= 0.92, numbers);
    assertTrue(opinions.recall() >= 0.5, numbers);
    assertTrue(praise.precision() >= 0.9, numbers);
    assertTrue(praise.recall() >= 0.7, numbers);
  }

  private static IntStream of(int[] rows) {
    return IntStream.of(rows);
  }

  /** How many there are, how many were found, and how many of these are right. */
  private static final class Score {
    private int there;
    private int found;
    private int right;

    void add(boolean isThere, boolean isFound, boolean isRight) {
      there += isThere ? 1 : 0;
      found += isFound ? 1 : 0;
      right += isFound && isRight ? 1 : 0;
    }

    double precision() {
      return (double) right / found;
    }

    double recall() {
      return (double) right / there;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "precision %.3f, recall %.3f of %d", precision(), recall(), there);
    }
  }

  private static boolean insidePolarity(Explanation e) {
    for (WorldSpan span : WorldReading.spans(e.text())) {
      String words = " " + e.text().substring(span.from(), span.to()) + " ";
      if (!span.feature() && words.contains(" " + e.opinion() + " ")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void mostReviewsOfTheWorldHaveAnExplanationOfOneStatement() {
    assertTrue(found(explained).size() > 0.8 * 2000, "only " + found(explained).size());
    long one =
        found(explained).stream()
            .filter(e -> WorldReading.of(e.text()).mentions().size() == 1)
            .count();
    assertTrue(one > 0.95 * found(explained).size(), one + " of " + found(explained).size());
  }

  @Test
  void everyExplanationKeepsTheSettings() {
    for (Explanation e : found(explained)) {
      assertTrue(e.words().size() >= 3 && e.words().size() <= 15, e.text());
      assertTrue(e.words().contains(e.feature()), e.toString());
      assertFalse(e.words().get(0).matches("i|we"), e.text());
    }
    Set<Integer> rows = new TreeSet<>();
    Split split = explained.split();
    IntStream.of(split.train()).forEach(rows::add);
    IntStream.of(split.validation()).forEach(rows::add);
    IntStream.of(split.test()).forEach(rows::add);
    for (int row = 0; row < explained.explanations().size(); row++) {
      Explanation e = explained.explanations().get(row);
      assertEquals(e != null, rows.contains(row));
      assertEquals(e == null ? "" : e.text(), split.data().text(row));
      if (e != null && explained.featureOf()[row] >= 0) {
        assertEquals(e.feature(), explained.features().get(explained.featureOf()[row]));
      }
      assertEquals(prepared.interactions().text(row), explained.reviews().text(row));
    }
  }

  @Test
  void whatStandsInValidationAndTestChangesNothingInTrain() {
    Split split = prepared.split();
    Set<Integer> train = new TreeSet<>();
    IntStream.of(split.train()).forEach(train::add);
    Interactions data = split.data();
    Interactions other =
        data.withTexts(
            row -> train.contains(row) ? data.text(row) : "the gizmo was shiny. " + data.text(0));
    Split changed = Splits.of(other, split.train(), split.validation(), split.test(), "changed", 0);
    ExplainedSplit again = Explanations.of(world, prepared, changed, SETTINGS, Progress.SILENT);
    assertEquals(explained.features(), again.features());
    for (int row : split.train()) {
      assertEquals(explained.explanations().get(row), again.explanations().get(row));
    }
  }

  @Test
  void theSameCallReadsWhatWasKeptAndDamageIsMended() throws IOException {
    Path file = kept().get(0);
    byte[] bytes = Files.readAllBytes(file);
    List<String> stages = new ArrayList<>();
    ExplainedSplit again =
        Explanations.of(world, prepared, SETTINGS, (stage, done, total) -> stages.add(stage));
    assertEquals(List.of(), stages);
    assertEquals(explained.hash(), again.hash());
    assertEquals(explained.explanations(), again.explanations());
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertEquals(explained.hash(), explain(SETTINGS).hash());
    assertEquals(-1, Arrays.mismatch(bytes, Files.readAllBytes(file)));
  }

  private static List<Path> kept() throws IOException {
    try (var files = Files.list(prepared.folder())) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("explanations-"))
          .filter(f -> fileOf(SETTINGS).equals(f))
          .toList();
    }
  }

  private static Path fileOf(ExplanationSettings settings) {
    return Explanations.file(prepared, prepared.split(), settings);
  }

  @Test
  void theChoiceIsEvenOrByFrequencyOrTheFirst() {
    ExplainedSplit first = explain(choosing("first"));
    ExplainedSplit frequent = explain(choosing("frequent"));
    Map<Integer, List<Clause>> clauses =
        Explanations.clauses(prepared.split(), SETTINGS, Progress.SILENT);
    FeatureLexicon lexicon = Explanations.learn(prepared.split(), clauses, SETTINGS);
    int[] places = new int[2];
    for (int row : prepared.split().train()) {
      List<Explanation> all = new ArrayList<>();
      for (Clause clause : clauses.get(row)) {
        Explanation e = lexicon.read(clause);
        if (e != null) {
          all.add(e);
        }
      }
      if (!all.isEmpty()) {
        assertEquals(all.get(0), first.explanations().get(row));
        int most = all.stream().mapToInt(e -> lexicon.features().get(e.feature())).max().getAsInt();
        assertEquals(most, lexicon.features().get(frequent.explanations().get(row).feature()));
        if (all.size() == 2 && !all.get(0).equals(all.get(1))) {
          places[all.indexOf(explained.explanations().get(row))]++;
        }
      }
    }
    int pairs = places[0] + places[1];
    assertTrue(pairs > 200, "too few to tell: " + pairs);
    double error = Math.sqrt(0.25 * pairs);
    assertEquals(pairs / 2.0, places[0], 4 * error);
  }

  @Test
  void fewerFeaturesAreTheMostFrequentOnes() {
    ExplainedSplit few =
        explain(new ExplanationSettings("clause", 15, "drop", 3, "drop", "even", 10, 5, 20_000));
    assertEquals(explained.features().subList(0, 5), few.features());
    assertTrue(IntStream.of(few.featureOf()).allMatch(f -> f < 5));
    assertNotEquals(explained.hash(), few.hash());
    Map<String, Integer> counts = new HashMap<>();
    for (int row : explained.split().train()) {
      counts.merge(explained.explanations().get(row).feature(), 1, Integer::sum);
    }
    for (int f = 1; f < explained.features().size(); f++) {
      assertTrue(
          counts.get(explained.features().get(f - 1)) >= counts.get(explained.features().get(f)));
    }
  }

  @Test
  void longSentencesAreCutWhenAsked() {
    ExplainedSplit cut =
        explain(new ExplanationSettings("sentence", 8, "cut", 3, "keep", "first", 10, 0, 20_000));
    assertTrue(found(cut).stream().allMatch(e -> e.words().size() <= 8));
    assertTrue(found(cut).stream().allMatch(e -> e.words().contains(e.feature())));
    assertTrue(found(cut).stream().anyMatch(e -> e.words().get(0).equals("i")));
  }

  @Test
  void reviewsWithoutAnyExplanationAreAnErrorOfOneLine() {
    ExplanationSettings strict =
        new ExplanationSettings("clause", 15, "drop", 3, "drop", "even", 1_000_000, 0, 20_000);
    String message = assertThrows(InputException.class, () -> explain(strict)).getMessage();
    assertTrue(message.contains("no explanation"), message);
    assertTrue(message.contains("minFeatureCount"), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertTrue(
        assertThrows(InputException.class, () -> choosing("best"))
            .getMessage()
            .contains("explanationChoice"));
    assertEquals(15, ExplanationSettings.paper().explanationWords());
  }

  private Prepared peter(List<Map<String, Object>> records) throws IOException {
    Files.write(folder.resolve("reviews.pickle"), new Pickler().dumps(records));
    return Preparation.prepare(
        new PeterSource(folder), plain(), folder.resolve("work"), Progress.SILENT);
  }

  private static List<Map<String, Object>> records(int count, String sentence) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("user", "u" + n);
      record.put("item", "i" + n);
      record.put("rating", 1 + n % 5);
      String feature = n % 3 == 0 ? "bread" : "soup";
      record.put(
          "template", new Object[] {feature, "hot", feature + sentence, n % 2 == 0 ? 1 : -1});
      records.add(record);
    }
    return records;
  }

  @Test
  void petersQuadruplesAreUsedAsTheyCome() throws IOException {
    Prepared data = peter(records(20, " Was hot  and a b c d e f g h i j k l m n"));
    ExplainedSplit found =
        Explanations.of(new PeterSource(folder), data, SETTINGS, Progress.SILENT);
    assertEquals(20, found(found).size());
    Explanation third = found.explanations().get(2);
    assertEquals("soup", third.feature());
    assertEquals("hot", third.opinion());
    assertEquals(1, third.score());
    assertEquals("soup was hot and a b c d e f g h i j k", third.text());
    assertEquals(List.of("soup", "bread"), found.features());
    assertEquals(
        found.hash(),
        Explanations.of(new PeterSource(folder), data, SETTINGS, Progress.SILENT).hash());
  }

  @Test
  void aQuadrupleWithoutFeatureIsAnErrorThatNamesItsRecord() throws IOException {
    List<Map<String, Object>> records = records(20, " was hot");
    records.get(6).put("template", new Object[] {" ", "hot", "it was hot", 1});
    Prepared data = peter(records);
    String message =
        assertThrows(
                InputException.class,
                () -> Explanations.of(new PeterSource(folder), data, SETTINGS, Progress.SILENT))
            .getMessage();
    assertTrue(message.contains("reviews.pickle:7:"), message);
    assertFalse(message.contains("\n"), message);
  }
}
