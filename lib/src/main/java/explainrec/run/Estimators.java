package explainrec.run;

import explainrec.data.Prepared;
import explainrec.mmi.Alignment;
import explainrec.mmi.Halves;
import explainrec.mmi.Judge;
import explainrec.mmi.Scored;
import explainrec.text.ExplainedSplit;
import explainrec.text.Explanations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The reward model and the judge of some explained data. Half of the train rows teach the one, the
 * other half the other; the judge is the same for all runs, the reward model has the run's seed.
 * Several runs may share them, so that each is trained once.
 */
public final class Estimators implements AutoCloseable {
  private static final long JUDGE = 7919; // added to the session's seed

  private final Session session;
  private final ExplainedSplit explained;
  private final Consumer<String> lines;
  private final Halves halves;
  private final Map<Long, Alignment> rewards = new HashMap<>();
  private Judge judge;
  private Alignment reward;
  private String align = "none";
  private long seed;

  /**
   * Prepares; estimators are trained when they are first needed.
   *
   * @param session settings and device
   * @param explained the data
   * @param lines hear how training goes
   */
  public Estimators(Session session, ExplainedSplit explained, Consumer<String> lines) {
    this.session = session;
    this.explained = explained;
    this.lines = lines;
    this.halves = Halves.of(explained.split().train(), session.seed());
  }

  /**
   * The explanations of prepared data, as the settings ask for them.
   *
   * @param session settings
   * @param prepared the data
   * @param lines hear how far it is
   * @return explained
   */
  public static ExplainedSplit explain(Session session, Prepared prepared, Consumer<String> lines) {
    return Explanations.of(
        session.source(), prepared, session.settings().explanations(), Reports.progress(lines));
  }

  /** The data. */
  public ExplainedSplit explained() {
    return explained;
  }

  /** The judge. */
  public Judge judge() {
    if (judge == null) {
      lines.accept("training the judge");
      judge =
          new Judge(
              explained,
              halves.judge(),
              session.settings().mine(),
              session.chooseDevice(),
              session.seed() + JUDGE);
    }
    return judge;
  }

  /** Chooses the reward model of a run: as it was trained on real explanations. */
  void begin(long runSeed, String aligned) {
    seed = runSeed;
    align = aligned;
    reward = rewards.get(runSeed);
    if (reward == null) {
      lines.accept("training the reward model, seed " + runSeed);
      reward =
          new Alignment(
              explained,
              halves.reward(),
              session.settings().mine(),
              session.chooseDevice(),
              runSeed);
      rewards.put(runSeed, reward);
    }
    reward.reset();
  }

  /** The run's reward model. */
  Alignment reward() {
    return reward;
  }

  /** I(R;E)'s parts by the reward model as it was before fine-tuning. */
  Scored rewardRating(List<String> texts, int[] ratings) {
    reward.reset();
    return align.equals("feature") ? null : reward.scoreRating(texts, ratings);
  }

  /** I(F;E)'s parts by the reward model as it was before fine-tuning. */
  Scored rewardFeature(List<String> texts, int[] features) {
    reward.reset();
    return align.equals("rating") ? null : reward.scoreFeature(texts, features);
  }

  /** Who computed alignment. */
  ExplanationResult.Estimator describe() {
    return new ExplanationResult.Estimator(
        reward.label(),
        judge().label(),
        seed,
        session.seed() + JUDGE,
        halves.reward().length,
        halves.judge().length,
        judge().accuracy5(),
        judge().accuracy2());
  }

  @Override
  public void close() {
    rewards.values().forEach(Alignment::close);
    if (judge != null) {
      judge.close();
    }
  }
}
