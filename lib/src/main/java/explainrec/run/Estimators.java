package explainrec.run;

import explainrec.data.AtomicFiles;
import explainrec.data.FolderLock;
import explainrec.data.Prepared;
import explainrec.mmi.Alignment;
import explainrec.mmi.Halves;
import explainrec.mmi.Judge;
import explainrec.mmi.Scored;
import explainrec.nn.Devices;
import explainrec.text.ExplainedSplit;
import explainrec.text.Explanations;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final String WHOLE = "whole"; // stands beside the files of a kept alignment

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
      Path kept = kept("judge", session.seed() + JUDGE, halves.judge());
      judge = FolderLock.holding(kept, lines, () -> judge(kept));
      accuracy = judge.accuracy(explained, explained.split().validation());
      judgeNumbers = judge.alignment().numbers();
    }
    judge.alignment().restore(judgeNumbers);
    judge.alignment().forget();
    return judge;
  }

  private Judge judge(Path kept) {
    Judge made =
        isKept(kept) ? Judge.of(load(kept, halves.judge(), session.seed() + JUDGE)) : teach();
    keep(made.alignment(), kept);
    return made;
  }

  private Judge teach() {
    return Judge.train(
        explained,
        halves.judge(),
        session.settings().mine(),
        BOTH,
        session.chooseDevice(),
        session.seed() + JUDGE,
        part -> Reports.training("the judge's " + part, lines));
  }

  /** Chooses the reward model of a run: as it was trained on real explanations. */
  void begin(long runSeed, String aligned) {
    align = aligned;
    reward = rewards.get(runSeed);
    if (reward == null) {
      Path kept = kept("reward", runSeed, halves.reward());
      reward = FolderLock.holding(kept, lines, () -> reward(runSeed, kept));
      rewards.put(runSeed, reward);
      numbers.put(runSeed, reward.numbers());
    }
    reset();
  }

  private Alignment reward(long runSeed, Path kept) {
    Alignment made = isKept(kept) ? load(kept, halves.reward(), runSeed) : teach(runSeed);
    keep(made, kept);
    return made;
  }

  private Alignment teach(long runSeed) {
    return Alignment.train(
        explained,
        halves.reward(),
        session.settings().mine(),
        BOTH,
        session.chooseDevice(),
        runSeed,
        part -> Reports.training("the reward model's " + part, lines));
  }

  /** Where a trained alignment is kept: it takes a minute, and every run with its seed needs it. */
  private Path kept(String role, long roleSeed, int[] rows) {
    String digest =
        RunJson.digest(
            List.of(
                explained.hash(),
                RecordSettings.values(session.settings().mine()),
                roleSeed,
                rows,
                Devices.describe(session.chooseDevice()),
                Versions.code("data", "text", "nn", "mmi")));
    String name = explained.split().data().name() + "-" + role + "-" + digest.substring(0, 12);
    return session.home().resolve("data").resolve("estimators").resolve(name);
  }

  private boolean isKept(Path folder) {
    return Files.exists(folder.resolve(WHOLE));
  }

  private Alignment load(Path folder, int[] rows, long roleSeed) {
    return Alignment.load(
        explained, rows, session.settings().mine(), BOTH, session.chooseDevice(), roleSeed, folder);
  }

  /** Only an encoder that was trained here is kept with what stands on it. */
  private void keep(Alignment alignment, Path folder) {
    if (session.settings().mine().sentenceEncoder().equals("trained") && !isKept(folder)) {
      alignment.save(folder);
      AtomicFiles.write(folder.resolve(WHOLE), "");
    }
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
