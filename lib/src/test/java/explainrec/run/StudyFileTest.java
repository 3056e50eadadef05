package explainrec.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.data.InputException;
import explainrec.run.PlannedRun.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies as YAML: what they say, and what is refused at which line. */
final class StudyFileTest {
  @TempDir private Path home;

  private StudyFile read(String yaml) throws IOException {
    return StudyFile.read(TinyStudy.write(home, yaml), session());
  }

  private Session session() {
    return TinyStudy.session(home, home.resolve("results"));
  }

  @Test
  void aStudyBecomesRunsByModelThenSeed() throws IOException {
    StudyFile study =
        read(
            """
            title: Two
            kind: ratings
            seeds: 2
            models:
              - average
              - {model: elixir, tag: scaled, seeds: [7], settings: {attentionScale: sqrt}}
            """);
    assertEquals("mine", study.name());
    assertEquals(
        List.of(
            new PlannedRun(Kind.RATINGS, "average", "", Map.of(), 3),
            new PlannedRun(Kind.RATINGS, "average", "", Map.of(), 4),
            new PlannedRun(Kind.RATINGS, "elixir", "scaled", Map.of("attentionScale", "sqrt"), 7)),
        study.runs());
    assertEquals(List.of(StudyMetric.RMSE, StudyMetric.MAE), study.metrics());
    assertEquals(List.of(), study.data());
  }

  @Test
  void seedsThatAreNotSaidAreTheSessionsOfThatKind() throws IOException {
    Session session =
        TinyStudy.session(home, home.resolve("results"), "seeds", "3", "textSeeds", "2");
    Path file =
        TinyStudy.write(
            home,
            "models: [{model: bias, kind: ratings}, {model: elixir, kind: reviews},"
                + " {model: average, kind: ratings, seeds: textSeeds}]");
    assertEquals(
        List.of(List.of(3L, 4L, 5L), List.of(3L, 4L), List.of(3L, 4L)),
        StudyFile.read(file, session).models().stream().map(StudyModel::seeds).toList());
  }

  @Test
  void aProfileTakesThePlaceOfWhatTheStudySays() throws IOException {
    String yaml =
        """
        kind: ratings
        seeds: 5
        models: [average, bias]
        profiles:
          smoke: {seeds: 1, models: [bias]}
          paper: {seeds: 9}
        """;
    assertEquals(1, read(yaml).runs().size());
    Session paper = TinyStudy.session("paper", home, home.resolve("results"));
    assertEquals(18, StudyFile.read(TinyStudy.write(home, yaml), paper).runs().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "quick", "paper"})
  void everyPresetIsValidInEveryProfile(String profile) {
    Session session = TinyStudy.session(profile, home, home.resolve("results"));
    for (String name : StudyFile.presets().keySet()) {
      StudyFile study = StudyFile.named(name, session);
      assertEquals(name, study.name());
      Set<Path> folders = new HashSet<>();
      study.runs().forEach(run -> assertTrue(folders.add(run.folder(session)), run.toString()));
    }
  }

  @Test
  void everyFileOfAPresetIsListed() throws Exception {
    Path folder = Path.of(StudyFile.class.getResource("/studies").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          StudyFile.presets().keySet(),
          files
              .map(file -> file.getFileName().toString().replace(".yaml", ""))
              .collect(Collectors.toSet()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "modles: [bias]| 1 |unknown key 'modles'; a study has name, title",
        "title: x| 0 |'models' is missing",
        "models: []| 1 |the list is empty",
        "models: [bias, biass]| 1 |model biass is not known; there are: average",
        "models: [{modle: bias}]| 1 |unknown key 'modle'",
        "models: [{tag: x}]| 1 |'model' is missing",
        "models: [{model: bias, kind: stars}]| 1 |ratings | reviews",
        "models: [{model: bias, kind: reviews}]| 1 |writes no reviews; these do",
        "models:;  - bias;  - bias| 3 |bias stands twice, first in line 3",
        "models:;  - {model: elixir, tag: Big, settings: {width: 4}}| 2 |tag = Big",
        "models:;  - {model: elixir, tag: no-global}| 2 |is the name of other runs",
        "models:;  - {model: elixir, tag: reviews}| 2 |is the name of other runs",
        "models:;  - {model: elixir, settings: {width: 4}}| 2 |needs a tag",
        "models:;  - model: elixir;    tag: x;    settings: {widht: 4}| 4 |widht",
        "models:;  - model: elixir;    tag: x;    settings:;      width: 0| 5 |from 1 to 4096",
        "models:;  - model: elixir;    tag: x;    settings:;      width: [1]| 5 |one value",
        "models:;  - model: bias;    tag: x;    settings:;      width: 4| 5 |changes nothing in bias",
        "models:;  - model: bias;    tag: x;    settings: {minReviews: 9}| 4 |data of all models",
        "models: [bias];seeds: 0| 2 |from 1 to 100",
        "models: [bias];seeds: many| 2 |from 1 to 100",
        "models: [bias];seeds: [1, 2, 1]| 2 |seed 1 stands twice",
        "models: [bias];seeds: [one]| 2 |whole number",
        "models: [bias];metrics: [rmse, rsme]| 2 |metric 'rsme' is not known here; there are rmse",
        "models: [bias];metrics: [bleu]| 2 |metric 'bleu'",
        "models: [bias];metrics: [rmse, rmse]| 2 |stands twice",
        "models: [bias];data: [world, nowhere]| 2 |data set 'nowhere' is not known",
        "models: [bias];data: [world, world]| 2 |stands twice",
        "models: [bias];name: Überblick| 2 |lower-case letters",
        "models: [bias];models: [average]| 2 |'models' stands twice",
        "models: [bias];profiles: {fast: {seeds: 1}}| 2 |unknown key 'fast'",
        "models: [bias];profiles: {quick: {title: x}}| 2 |unknown key 'title'",
        "models: [bias];compare: elixir| 2 |no such model in this study; allowed is [bias]",
        "models: [bias| 1 |not YAML",
        "models: [bias];--- ;more: x| 3 |one document",
        "models: [bias];search: {space: {bias: {biasShrinkage: [1]}}}| 2 |'trials' is missing",
        "models: [bias];search: {trials: 2, space: {bias: {width: [1, 2]}}}| 2 |no setting of bias",
        "models: [bias];search: {trials: 2, space: {bias: {biasShrinkage: [1]}}}| 2 |1 combinations",
        "models: [bias];search: {trials: 1, space: {elixr: {width: [1]}}}| 2 |has no space",
        "models: [average];search: {trials: 1, space: {elixr: {width: [1]}}}| 2 |no such model",
        "models: [bias, elixir];search: {trials: 1, space: {elixir: {width: [8]}}}| 2 |unequal: true",
        "models: [{model: elixir, search: {width: [8]}}]| 1 |needs the study's",
        "models: [elixir];search: {trials: 1, space: {elixir: {width: [0]}}}| 2 |from 1 to 4096",
        "models: [elixir];search: {trials: 1, space: {elixir: {width: [8, 8]}}}| 2 |stands twice"
      })
  void whatCannotBeIsRefusedAtItsLine(String yaml, int line, String words) throws IOException {
    String text = "kind: ratings;" + yaml;
    InputException e =
        assertThrows(InputException.class, () -> read(text.replace(";", "\n")), yaml);
    String place = home.resolve("mine.yaml") + ":" + (line + 1) + ": ";
    assertTrue(e.getMessage().startsWith(place), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void anEmptyOrMissingFileIsRefused() throws IOException {
    assertTrue(
        assertThrows(InputException.class, () -> read("")).getMessage().contains("mine.yaml:1"));
    InputException none =
        assertThrows(InputException.class, () -> StudyFile.of("no/such.yaml", session()));
    assertTrue(none.getMessage().startsWith("no/such.yaml: "), none.getMessage());
    InputException preset =
        assertThrows(InputException.class, () -> StudyFile.of("elixir-table-9", session()));
    assertTrue(preset.getMessage().contains("elixir-table-2"), preset.getMessage());
  }

  @Test
  void aBackboneAndTheSameFineTunedAreToldApart() throws IOException {
    StudyFile study =
        read(
            """
            kind: explanations
            models:
              - {model: att2seq, settings: {align: none}}
              - {model: att2seq, settings: {align: rating}}
              - {model: att2seq, tag: dpo, settings: {align: rating, method: dpo}}
            search:
              trials: 1
              space:
                att2seq: {att2seqHidden: [8]}
                att2seq-mmi-rating: {klWeight: [0.1]}
                att2seq-mmi-rating-dpo: {klWeight: [0.1]}
            """);
    assertEquals(
        List.of("att2seq", "att2seq-mmi-rating", "att2seq-mmi-rating-dpo"),
        study.models().stream().map(StudyModel::label).toList());
    assertEquals(
        List.of(
            "att2seq-backbone-seed3", "att2seq-mmi-rating-seed3", "att2seq-mmi-rating-dpo-seed3"),
        study.runs().stream().map(run -> run.folder(session()).getFileName().toString()).toList());
  }

  @Test
  void trialsAreDrawnWithoutRepeatsAndTheSameForTheSameSeed() throws IOException {
    String yaml =
        """
        kind: ratings
        models: [elixir, average]
        search:
          trials: 5
          seed: 9
          space: {elixir: {width: [4, 8, 16], dropout: [0, 0.1]}}
        """;
    StudySearch search = read(yaml).search();
    List<Map<String, String>> trials = search.trials("elixir");
    assertEquals(5, new HashSet<>(trials).size());
    assertEquals(trials, read(yaml).search().trials("elixir"));
    assertFalse(trials.equals(read(yaml.replace("seed: 9", "seed: 8")).search().trials("elixir")));
    assertEquals(List.of(), search.trials("average"), "it has nothing to tune");
    assertEquals(
        List.of(
            Map.of("width", "4", "dropout", "0"),
            Map.of("width", "4", "dropout", "0.1"),
            Map.of("width", "8", "dropout", "0")),
        read(yaml.replace("trials: 5", "trials: 3\n  order: grid")).search().trials("elixir"));
  }
}
