package explainrec.run;

import explainrec.data.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Some review models, each with the session's number of seeds, one run after the other. */
public final class ReviewStudy {
  private final Session session;
  private final Prepared prepared;
  private final List<ReviewModel> models;
  private Consumer<String> lines = Reports.toRunner();

  /**
   * Plans a study; text models have a number of seeds of their own.
   *
   * @param session folders, settings and device
   * @param prepared the data
   * @param models in the order they run
   */
  public ReviewStudy(Session session, Prepared prepared, List<ReviewModel> models) {
    this.session = session;
    this.prepared = prepared;
    this.models = List.copyOf(models);
  }

  /**
   * Hands short progress lines on.
   *
   * @param listener takes each line
   * @return this
   */
  public ReviewStudy report(Consumer<String> listener) {
    this.lines = listener;
    return this;
  }

  /**
   * Makes every run that has not been made.
   *
   * @return the results, by model, then seed
   */
  public List<ReviewResult> run() {
    List<ReviewResult> results = new ArrayList<>();
    int seeds = session.settings().study().textSeeds();
    int runs = models.size() * seeds;
    for (ReviewModel model : models) {
      for (int n = 0; n < seeds; n++) {
        String place = "run " + (results.size() + 1) + " of " + runs + ", ";
        results.add(
            new ReviewRun(session, prepared, model, session.seed() + n)
                .report(line -> lines.accept(place + line))
                .run());
      }
    }
    return results;
  }
}
