package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import explainrec.run.PlannedRun.Kind;
import explainrec.run.Result;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import explainrec.run.StudyFile;
import explainrec.run.StudyMetric;
import explainrec.run.StudyModel;
import explainrec.run.StudyResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyTablesTest {
  private static StudyResult.Row row(Kind kind, Result run) {
    StudyModel model = new StudyModel(kind, run.model(), "", Map.of(), List.of(1L));
    return new StudyResult.Row(model, "", List.of(run), Map.of());
  }

  private static StudyResult study(ReviewResult writer) {
    RunResult elixir = SampleRuns.run("elixir", "ELIXIR", 1, SampleRuns.noisy(200, 0.5, 1));
    List<StudyResult.Row> rows = List.of(row(Kind.RATINGS, elixir), row(Kind.REVIEWS, writer));
    StudyFile file =
        new StudyFile(
            "by-hand",
            "By hand",
            List.of(),
            rows.stream().map(StudyResult.Row::model).toList(),
            List.of(StudyMetric.RMSE),
            "elixir",
            null);
    return new StudyResult(file, "world", rows, 0);
  }

  @Test
  void aWritersPredictedRatingsHaveAnIntervalAndAreTestedAgainstRatingModels() {
    RunResult rated = SampleRuns.run("peter", "PETER", 1, SampleRuns.noisy(200, 0.8, 9));
    ReviewResult silent = SampleReviews.noisy("peter", "PETER", 1, 200, 0.3);
    StudyResult study = study(SampleReviews.rated(silent, rated.test()));
    List<String> peter = StudyTables.of(study).rows().get(1);
    assertEquals("PETER", peter.get(0));
    assertNotEquals("–", peter.get(peter.size() - 1), "the interval");
    List<String> test = StudyTables.tests(study).rows().get(0);
    assertEquals(List.of("RMSE", "PETER"), test.subList(0, 2));
    assertEquals("holds (one seed)", test.get(test.size() - 1));
  }

  @Test
  void aWriterWithoutRatingsIsNotTested() {
    StudyResult study = study(SampleReviews.noisy("att2seq", "Att2Seq", 1, 200, 0.3));
    assertEquals(List.of(), StudyTables.tests(study).rows());
  }
}
