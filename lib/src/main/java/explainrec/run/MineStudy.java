package explainrec.run;

import ai.djl.Device;
import explainrec.data.Prepared;
import explainrec.data.World;
import explainrec.metrics.Information;
import explainrec.metrics.Statistics;
import explainrec.mmi.Judge;
import explainrec.mmi.Mine;
import explainrec.mmi.MineSettings;
import explainrec.mmi.RatingClasses;
import explainrec.mmi.Scored;
import explainrec.mmi.Targets;
import explainrec.nn.Devices;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainer;
import explainrec.text.ExplainedSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Is the estimate of mutual information right? MINE on Gaussians, where it is known; on the real
 * explanations of the session's data, trained on train and evaluated on test, beside the truth
 * where the data are the generated world; and on the same with ratings dealt out anew, where it has
 * to come to nothing.
 */
public final class MineStudy {
  private static final int RESAMPLES = 1000;

  private final Session session;
  private final Prepared prepared;
  private final MineSettings settings;
  private final List<MineResult.Curve> curves = new ArrayList<>();
  private final List<MineResult.Estimate> estimates = new ArrayList<>();
  private Consumer<String> lines = Reports.toRunner();
  private ExplainedSplit explained;
  private List<String> trainTexts;
  private List<String> testTexts;

  /**
   * Plans the study.
   *
   * @param session folders, settings and device
   * @param prepared the data
   */
  public MineStudy(Session session, Prepared prepared) {
    this.session = session;
    this.prepared = prepared;
    this.settings = session.settings().mine();
  }

  /**
   * Hands short progress lines on.
   *
   * @param listener takes each line
   * @return this
   */
  public MineStudy report(Consumer<String> listener) {
    this.lines = listener;
    return this;
  }

  /** The explanations it is about. */
  public ExplainedSplit explained() {
    if (explained == null) {
      explained = Estimators.explain(session, prepared, lines);
    }
    return explained;
  }

  /**
   * Makes the study, or hands back what an earlier call with the same settings left.
   *
   * @return the result, as it stands in run.json
   * @throws explainrec.data.InputException when the data have fewer than two ratings or features
   */
  public MineResult run() {
    RunFolder files =
        new RunFolder(
            session.folder().resolve("runs").resolve("mine-seed" + session.seed()), key());
    return files.once(MineResult.class, earlier -> {}, () -> make(files), lines);
  }

  private MineResult make(RunFolder files) {
    files.unfinish();
    long start = System.nanoTime();
    Device device = session.chooseDevice();
    List<MineResult.Gaussian> gaussians =
        new MineGaussians(session.profile(), device, session.seed(), lines).run(curves::add);
    trainTexts = texts(explained().split().train());
    testTexts = texts(explained().split().test());
    try (Judge judge =
        Judge.train(
            explained(),
            explained().split().train(),
            settings,
            "both",
            device,
            session.seed(),
            part -> Reports.training("MINE's " + part, lines))) {
      judge.alignment().outcomes().forEach((name, outcome) -> curves.add(curve(name, outcome)));
      real(judge);
      permuted(judge, device);
      Judge.Accuracy accuracy = judge.accuracy(explained(), explained().split().validation());
      MineResult result =
          new MineResult(
              MineResult.KIND,
              1,
              session.profile(),
              session.seed(),
              RecordSettings.values(settings),
              RecordSettings.deviations(settings, MineSettings.paper()),
              session.source().name(),
              explained().hash(),
              Versions.all(),
              Devices.describe(device),
              judge.alignment().encoder().label(),
              gaussians,
              List.copyOf(curves),
              List.copyOf(estimates),
              accuracy.five(),
              accuracy.two(),
              (System.nanoTime() - start) / 1e9);
      files.finish(result);
      return result;
    }
  }

  private RunKey key() {
    return RunKey.of(
        MineResult.KIND,
        session.seed(),
        session.profile(),
        RecordSettings.values(settings),
        "",
        explained().hash(),
        Devices.describe(session.chooseDevice()),
        Versions.code("data", "text", "nn", "mmi", "metrics", "run"));
  }

  private MineResult.Curve curve(String name, Trainer.Outcome outcome) {
    return MineGaussians.curve(name, truth(name), outcome.epochs());
  }

  /** What one statement of the generated world tells of the rating; NaN elsewhere. */
  private double truth(String name) {
    return name.equals("I(R;E)") && session.source() instanceof World world
        ? world.truth().explanation().ratingStatement()
        : Double.NaN;
  }

  private void real(Judge judge) {
    int[] ratings = ratings(explained().split().test());
    int[] features = features(explained().split().test());
    add("I(R;E)", "real", judge.alignment().scoreRating(testTexts, ratings), ratings);
    add("I(F;E)", "real", judge.alignment().scoreFeature(testTexts, features), features);
  }

  /** A new T on explanations whose ratings were dealt out anew, in train and in test. */
  private void permuted(Judge judge, Device device) {
    int[] train = Shuffle.of(ratings(explained().split().train()), session.seed() + 1);
    int[] test = Shuffle.of(ratings(explained().split().test()), session.seed() + 2);
    try (Mine mine =
        new Mine(
            "I(R;E), permuted",
            judge.alignment().encoder().width(),
            Targets.ratings(),
            settings.mineHiddenRating(),
            settings,
            device,
            session.seed())) {
      lines.accept("MINE on permuted pairs");
      Trainer.Outcome outcome =
          mine.fit(
              judge.alignment().encoder().of(trainTexts),
              train,
              settings.mineEpochs(),
              session.seed(),
              List.of(Reports.training("MINE on permuted pairs", lines)));
      curves.add(MineGaussians.curve("I(R;E), permuted", 0, outcome.epochs()));
      add("I(R;E)", "permuted", mine.score(judge.alignment().encoder().of(testTexts), test), test);
    }
  }

  private void add(String name, String pairs, Scored scored, int[] classes) {
    ExplanationResult.Parts parts = new ExplanationResult.Parts(scored.joint(), scored.marginal());
    int[] known = Arrays.stream(classes).map(c -> c < 0 ? 0 : 1).toArray();
    Statistics.Interval interval =
        Statistics.bootstrap(
            classes.length, counts -> Information.bound(parts, counts), RESAMPLES, session.seed());
    estimates.add(
        new MineResult.Estimate(
            name,
            pairs,
            scored.bound(),
            interval.low(),
            interval.high(),
            Information.entropy(classes, known),
            pairs.equals("permuted") ? 0 : truth(name),
            Arrays.stream(known).sum()));
  }

  private List<String> texts(int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> explained().explanations().get(row).text()).toList();
  }

  private int[] ratings(int[] rows) {
    return RatingClasses.of(explained(), rows);
  }

  private int[] features(int[] rows) {
    return Arrays.stream(rows).map(row -> explained().featureOf()[row]).toArray();
  }
}
