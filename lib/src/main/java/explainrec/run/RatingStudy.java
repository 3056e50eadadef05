package explainrec.run;

import explainrec.data.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Several rating models with several seeds on the same split. */
public final class RatingStudy {
  private final Session session;
  private final Prepared prepared;
  private final List<RatingModel> models;
  private Consumer<String> lines = Reports.toRunner();

  /**
   * Plans a study with the session's number of seeds.
   *
   * @param session folders, settings and device
   * @param prepared the data
   * @param models in the order they run
   */
  public RatingStudy(Session session, Prepared prepared, List<RatingModel> models) {
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
  public RatingStudy report(Consumer<String> listener) {
    this.lines = listener;
    return this;
  }

  /**
   * Makes every run that has not been made.
   *
   * @return the results, by model, then seed
   */
  public List<RunResult> run() {
    List<RunResult> results = new ArrayList<>();
    int runs = models.size() * session.settings().study().seeds();
    for (RatingModel model : models) {
      for (long seed : seeds()) {
        String place = "run " + (results.size() + 1) + " of " + runs + ", ";
        results.add(
            new RatingRun(session, prepared, model, seed)
                .report(line -> lines.accept(place + line))
                .run());
      }
    }
    return results;
  }

  /** The seeds of the study: the session's and those that follow it. */
  public long[] seeds() {
    return java.util.stream.LongStream.range(0, session.settings().study().seeds())
        .map(n -> session.seed() + n)
        .toArray();
  }
}
