package explainrec.run;

import explainrec.data.Prepared;
import explainrec.text.ExplainedSplit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Some generators, backbones and fine-tuned ones, each with the session's number of seeds, one run
 * after the other. The judge is trained once for all, the reward model once a seed.
 */
public final class MmiStudy {
  private final Session session;
  private final Prepared prepared;
  private final List<Plan> plans = new ArrayList<>();
  private Consumer<String> lines = Reports.toRunner();
  private Estimators given;

  private record Plan(GeneratorModel model, String tag, Map<String, String> changes, int seeds) {}

  /**
   * Plans nothing yet.
   *
   * @param session folders, settings and device
   * @param prepared the data
   */
  public MmiStudy(Session session, Prepared prepared) {
    this.session = session;
    this.prepared = prepared;
  }

  /**
   * Plans a generator with some settings, with {@code explanationSeeds} seeds.
   *
   * @param model which
   * @param tag tells it from others of the same model and alignment; empty for none
   * @param changes settings by name; {@code align} says whether it is fine-tuned
   * @return this
   */
  public MmiStudy add(GeneratorModel model, String tag, Map<String, String> changes) {
    return add(model, tag, changes, session.settings().study().explanationSeeds());
  }

  /**
   * Plans a generator with its own number of seeds.
   *
   * @param model which
   * @param tag as above
   * @param changes as above
   * @param seeds at least 1
   * @return this
   */
  public MmiStudy add(GeneratorModel model, String tag, Map<String, String> changes, int seeds) {
    plans.add(new Plan(model, tag, Map.copyOf(changes), seeds));
    return this;
  }

  /**
   * Hands short progress lines on.
   *
   * @param listener takes each line
   * @return this
   */
  public MmiStudy report(Consumer<String> listener) {
    this.lines = listener;
    return this;
  }

  /**
   * Uses estimators that were made before, for the plans that have the session's own settings of
   * them.
   *
   * @param made of this session's data; they stay the caller's to close
   * @return this
   */
  public MmiStudy with(Estimators made) {
    this.given = made;
    return this;
  }

  /**
   * Makes every run that has not been made.
   *
   * @return the results, by plan, then seed
   */
  public List<ExplanationResult> run() {
    int runs = plans.stream().mapToInt(Plan::seeds).sum();
    List<ExplanationResult> results = new ArrayList<>();
    Map<Object, Estimators> estimators = new LinkedHashMap<>();
    Map<Object, ExplainedSplit> explained = new LinkedHashMap<>();
    if (given != null) {
      KitSettings own = session.settings();
      explained.put(own.explanations(), given.explained());
      estimators.put(List.of(own.explanations(), own.mine()), given);
    }
    try {
      for (Plan plan : plans) {
        for (int n = 0; n < plan.seeds(); n++) {
          String place = "run " + (results.size() + 1) + " of " + runs + ", ";
          Consumer<String> placed = line -> lines.accept(place + line);
          KitSettings settings = session.with(plan.changes()).settings();
          ExplainedSplit data =
              explained.computeIfAbsent(
                  settings.explanations(),
                  key -> Estimators.explain(session.with(plan.changes()), prepared, placed));
          Estimators shared =
              estimators.computeIfAbsent(
                  List.of(settings.explanations(), settings.mine()),
                  key -> new Estimators(session.with(plan.changes()), data, placed));
          results.add(run(plan, session.seed() + n, shared, placed));
        }
      }
    } finally {
      estimators.values().stream().filter(one -> one != given).forEach(Estimators::close);
    }
    return results;
  }

  private ExplanationResult run(Plan plan, long seed, Estimators shared, Consumer<String> placed) {
    return new MmiRun(session, prepared, plan.model(), seed, plan.tag(), plan.changes())
        .with(shared)
        .report(placed)
        .run();
  }
}
