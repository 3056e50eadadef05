package explainrec.run;

import explainrec.data.InputException;
import explainrec.data.Prepared;
import explainrec.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Searches settings for the models of a study, each with the same number of trials. A trial is an
 * ordinary run on data whose test rows are the validation rows: the real ones are not there to be
 * looked at. Its score is what the model's best epoch is chosen by, on validation. Trials are kept
 * in {@code search/STUDY.json} of the session's results; a search that was stopped goes on.
 */
final class StudyTuner {
  private final Session session;
  private final Prepared prepared;
  private final StudyFile study;
  private final boolean again;
  private final Consumer<String> lines;
  private final Consumer<String> news;
  private final Path file;

  StudyTuner(
      Session session,
      Prepared prepared,
      StudyFile study,
      boolean again,
      Consumer<String> lines,
      Consumer<String> news) {
    this.session = session;
    this.prepared = prepared;
    this.study = study;
    this.again = again;
    this.lines = lines;
    this.news = news;
    this.file = session.folder().resolve("search").resolve(study.name() + ".json");
  }

  /**
   * What a search has found for a model.
   *
   * @param settings the best trial's; null when all failed
   * @param budget for tables, for instance {@code 4 trials, 93 s}
   * @param failure why the last trial failed; null when one did not
   */
  record Tuned(Map<String, String> settings, String budget, RunFailure failure) {}

  /**
   * One trial.
   *
   * @param model its label in the study
   * @param number from 1
   * @param settings those tried
   * @param judgedBy the name of the score
   * @param score on validation; NaN when it failed
   * @param higher whether larger scores are better
   * @param seconds wall time of training and judging
   * @param failed why it failed; null when it did not
   * @param made what it was made from
   */
  record Trial(
      String model,
      int number,
      Map<String, String> settings,
      String judgedBy,
      double score,
      boolean higher,
      double seconds,
      String failed,
      RunKey made) {}

  /**
   * All trials of a study, as kept.
   *
   * @param format version of this file's form, now 1
   * @param study its name
   * @param trials by model, then number
   */
  record Kept(int format, String study, List<Trial> trials) {}

  /** A trial that is to be made. */
  private record Task(
      StudyModel model, int number, Map<String, String> settings, PlannedRun run, RunKey made) {}

  /** Makes the trials that are missing, and chooses. */
  Map<String, Tuned> run() {
    if (prepared.split().validation().length == 0) {
      throw new InputException(
          study.name() + ": no validation rows to judge trials by; leave search out");
    }
    // Beside the data sets' results, so that no table takes a trial for a result.
    String name = session.source().name() + "-" + study.name();
    Path work = session.results().resolve("checkpoint").resolve("search").resolve(name);
    Prepared hidden = withoutTest(prepared);
    Session trials = trialSession(work);
    List<Task> tasks = tasks(trials, hidden);
    Map<String, Trial> made = reusable(tasks);
    for (Task task : tasks) {
      if (!made.containsKey(id(task.model(), task.number()))) {
        String place = "trial " + task.number() + " of " + study.search().trials() + ", ";
        Trial trial = make(task, trials, hidden, place + task.model().label() + ": ");
        made.put(id(task.model(), task.number()), trial);
        keep(tasks, made);
        delete(task.run().folder(trials));
      }
    }
    delete(work);
    Map<String, Tuned> tuned = new LinkedHashMap<>();
    for (StudyModel model : study.models()) {
      List<Trial> own =
          tasks.stream()
              .filter(task -> task.model() == model)
              .map(task -> made.get(id(model, task.number())))
              .toList();
      if (!own.isEmpty()) {
        tuned.put(model.label(), choose(own));
      }
    }
    return tuned;
  }

  private static String id(StudyModel model, int number) {
    return model.label() + " " + number;
  }

  /** The same data with its validation rows in the place of its test rows. */
  static Prepared withoutTest(Prepared prepared) {
    Split split = prepared.split();
    return new Prepared(
        prepared.interactions(),
        new Split(
            split.data(),
            split.train(),
            split.validation(),
            split.validation(),
            split.method(),
            split.seed(),
            RunJson.digest(split.hash() + ", validation in place of test")),
        prepared.steps(),
        prepared.coldStart(),
        prepared.statistics(),
        prepared.lines(),
        prepared.fingerprint(),
        prepared.settings(),
        prepared.folder().resolve("search"));
  }

  /** Trials write nothing among the results, and use the language model that the runs will use. */
  private Session trialSession(Path work) {
    Session trials = session.into(work).with(Map.of("bertEncoder", TextEncoders.NONE));
    boolean language =
        study.models().stream()
            .filter(model -> study.search().spaces().containsKey(model.label()))
            .anyMatch(model -> model.runs().get(0).reads(session).contains("lm"));
    return language
        ? trials.with(Map.of("lm", LanguageModels.folder(session, prepared, lines).toString()))
        : trials;
  }

  private List<Task> tasks(Session trials, Prepared hidden) {
    StudySearch search = study.search();
    List<Task> tasks = new ArrayList<>();
    for (StudyModel model : study.models()) {
      int number = 0;
      for (Map<String, String> settings : search.trials(model.label())) {
        StudyModel tried = model.tuned(settings);
        String tag = model.tag() + (model.tag().isEmpty() ? "" : "-") + "trial-" + ++number;
        PlannedRun run =
            new PlannedRun(model.kind(), model.model(), tag, tried.settings(), search.seed());
        tasks.add(new Task(model, number, settings, run, run.files(trials, hidden).made()));
      }
    }
    return tasks;
  }

  /** The kept trials that are those of now. */
  private Map<String, Trial> reusable(List<Task> tasks) {
    Map<String, Trial> made = new LinkedHashMap<>();
    Map<String, Trial> kept = new LinkedHashMap<>();
    read().forEach(trial -> kept.put(trial.model() + " " + trial.number(), trial));
    for (Task task : tasks) {
      Trial trial = kept.get(id(task.model(), task.number()));
      if (trial == null || trial.failed() != null) {
        continue;
      }
      var parts = task.made().differs(trial.made());
      if (parts.isEmpty()) {
        made.put(id(task.model(), task.number()), trial);
      } else if (!again) {
        throw new InputException(
            session.shown(file)
                + ": trial "
                + trial.number()
                + " of "
                + trial.model()
                + " was made from "
                + task.made().against(trial.made(), parts)
                + "; --again searches anew, or give the study another name");
      }
    }
    return made;
  }

  private List<Trial> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return RunJson.mapper().readValue(file.toFile(), Kept.class).trials();
    } catch (IOException e) {
      if (again) {
        return List.of();
      }
      throw new InputException(
          session.shown(file) + ": cannot be read; --again searches anew, or delete it", e);
    }
  }

  private void keep(List<Task> tasks, Map<String, Trial> made) {
    List<Trial> trials =
        tasks.stream()
            .map(task -> made.get(id(task.model(), task.number())))
            .filter(trial -> trial != null)
            .toList();
    RunJson.write(file, new Kept(1, study.name(), trials));
  }

  private Trial make(Task task, Session trials, Prepared hidden, String place) {
    Trial[] trial = new Trial[1];
    long start = System.nanoTime();
    new LocalExecutor()
        .execute(
            trials,
            hidden,
            List.of(task.run()),
            new RunExecutor.Listener() {
              @Override
              public void started(PlannedRun run) {
                lines.accept(place + "begins");
              }

              @Override
              public void progress(PlannedRun run, String line) {
                lines.accept(place + line);
              }

              @Override
              public void finished(PlannedRun run, Result result) {
                double seconds =
                    Math.max(
                        (System.nanoTime() - start) / 1e9,
                        StudyMetric.SECONDS.of(run.kind(), result));
                Judged judged = judge(result);
                trial[0] = trial(task, judged, seconds, null);
              }

              @Override
              public void failed(PlannedRun run, RunFailure why) {
                double seconds = (System.nanoTime() - start) / 1e9;
                trial[0] = trial(task, new Judged("", Double.NaN, false), seconds, why.why());
              }
            });
    news.accept(place + words(trial[0]));
    return trial[0];
  }

  private static Trial trial(Task task, Judged judged, double seconds, String failed) {
    return new Trial(
        task.model().label(),
        task.number(),
        task.settings(),
        judged.by(),
        judged.score(),
        judged.higher(),
        seconds,
        failed,
        task.made());
  }

  private static String words(Trial trial) {
    return trial.failed() != null
        ? trial.settings() + " failed: " + trial.failed()
        : String.format(
            Locale.ROOT,
            "%s %s %.4f, %.0f s",
            trial.settings(),
            trial.judgedBy(),
            trial.score(),
            trial.seconds());
  }

  /** A score with its direction. */
  private record Judged(String by, double score, boolean higher) {}

  /** What a trial is worth; its "test" rows are those of validation. */
  private static Judged judge(Result result) {
    if (result instanceof ExplanationResult written) {
      Map<String, Double> best = written.epochs().get(written.bestEpoch() - 1).validation();
      return best.containsKey("reward")
          ? new Judged("validation reward", best.get("reward"), true)
          : new Judged("validation loss", best.get("text"), false);
    }
    if (result instanceof ReviewResult) {
      String by = String.valueOf(result.settings().getOrDefault("selectBy", "loss"));
      return new Judged("validation " + by, result.metrics().get(by), !by.equals("loss"));
    }
    return new Judged("validation RMSE", result.metrics().get("rmse"), false);
  }

  private static Tuned choose(List<Trial> trials) {
    double seconds = trials.stream().mapToDouble(Trial::seconds).sum();
    long failed = trials.stream().filter(trial -> trial.failed() != null).count();
    String budget =
        String.format(
            Locale.ROOT,
            "%d trial%s%s, %.0f s",
            trials.size(),
            trials.size() == 1 ? "" : "s",
            failed > 0 ? " (" + failed + " failed)" : "",
            seconds);
    Comparator<Trial> order =
        Comparator.comparingDouble(trial -> trial.higher() ? -trial.score() : trial.score());
    return trials.stream()
        .filter(trial -> trial.failed() == null)
        .min(order)
        .map(best -> new Tuned(best.settings(), budget, null))
        .orElseGet(
            () ->
                new Tuned(
                    null,
                    budget,
                    new RunFailure("no trial: " + trials.get(trials.size() - 1).failed(), "")));
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new InputException(folder + ": cannot be tidied; change its rights", e);
    }
  }
}
