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
import java.util.function.Function;

/**
 * The reward model and the judge of some explained data. Half of the train rows teach the one, the
 * other half the other; the judge is the same for all runs, the reward model has the run's seed.
 * Several runs may share them, so that each is trained once.
 */
public final class Estimators implements AutoCloseable {
  private static final long JUDGE = 7919; // added to the session's seed
  private static final String BOTH = "both";

  private final Session session;
  private final ExplainedSplit explained;
  private final Consumer<String> lines;
  private final Halves halves;
  private final Map<Long, Alignment> rewards = new HashMap<>();
  private final Map<Long, Map<String, float[]>> numbers = new HashMap<>(); // before fine-tuning
  private Judge judge;
  private Map<String, float[]> judgeNumbers;
  private Judge.Accuracy accuracy;
  private Alignment reward;
  private String align = "none";

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

  /** The judge, as it was trained on real explanations. */
  public Judge judge() {
    if (judge == null) {
      judge =
          Judge.train(
              explained,
              halves.judge(),
              session.settings().mine(),
              BOTH,
              session.chooseDevice(),
              session.seed() + JUDGE,
              part -> Reports.training("the judge's " + part, lines));
      accuracy = judge.accuracy(explained, explained.split().validation());
      judgeNumbers = judge.alignment().numbers();
    }
    judge.alignment().restore(judgeNumbers);
    judge.alignment().forget();
    return judge;
  }

  /** Chooses the reward model of a run: as it was trained on real explanations. */
  void begin(long runSeed, String aligned) {
    align = aligned;
    reward = rewards.get(runSeed);
    if (reward == null) {
      reward =
          Alignment.train(
              explained,
              halves.reward(),
              session.settings().mine(),
              BOTH,
              session.chooseDevice(),
              runSeed,
              part -> Reports.training("the reward model's " + part, lines));
      rewards.put(runSeed, reward);
      numbers.put(runSeed, reward.numbers());
    }
    reset();
  }

  private void reset() {
    reward.restore(numbers.get(reward.seed()));
    reward.forget();
  }

  /** The run's reward model. */
  Alignment reward() {
    return reward;
  }

  /** I(R;E)'s parts by the reward model as it was before fine-tuning; null when not aligned so. */
  Scored rewardRating(List<String> texts, int[] ratings) {
    reset();
    return align.equals("feature") ? null : reward.scoreRating(texts, ratings);
  }

  /** I(F;E)'s parts by the reward model as it was before fine-tuning; null when not aligned so. */
  Scored rewardFeature(List<String> texts, int[] features) {
    reset();
    return align.equals("rating") ? null : reward.scoreFeature(texts, features);
  }

  /**
   * The judge for texts of one generator. With {@code judgeOn generated} it first goes on to learn
   * from what the generator wrote for the judge's train rows.
   *
   * @param generated writes for rows and tells their ratings; not called with {@code judgeOn real}
   * @return the judge
   */
  Judge judge(Function<int[], Generated> generated) {
    Judge whole = judge();
    if (session.settings().mine().judgeOn().equals("generated")) {
      Generated own = generated.apply(halves.judge());
      whole
          .alignment()
          .learn(
              own.texts(),
              own.ratings(),
              own.features(),
              session.settings().mine().mineEpochs(),
              session.seed() + JUDGE,
              part -> Reports.training("the judge's " + part, lines));
    }
    return whole;
  }

  /**
   * What a generator wrote for some rows.
   *
   * @param texts explanations
   * @param ratings classes that they go with
   * @param features that they should name
   */
  record Generated(List<String> texts, int[] ratings, int[] features) {}

  /** Who computed alignment. */
  ExplanationResult.Estimator describe() {
    judge();
    return new ExplanationResult.Estimator(
        reward.encoder().label(),
        judge.alignment().encoder().label(),
        reward.seed(),
        judge.alignment().seed(),
        reward.rows(),
        judge.alignment().rows(),
        accuracy.five(),
        accuracy.two());
  }

  @Override
  public void close() {
    rewards.values().forEach(Alignment::close);
    if (judge != null) {
      judge.close();
    }
  }
}
