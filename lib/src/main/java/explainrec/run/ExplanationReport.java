package explainrec.run;

import explainrec.backbones.ExplanationGenerator;
import explainrec.data.Prepared;
import explainrec.data.Split;
import explainrec.mmi.PolicyGradient;
import explainrec.nn.Devices;
import explainrec.nn.EpochLog;
import explainrec.nn.Trainer;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes and measures what a trained generator has to say, and puts the run's result together.
 *
 * @param session folders, settings and device
 * @param prepared the data
 * @param explained their explanations
 * @param model which generator
 * @param variant what was done to it
 * @param seed the run's
 * @param lines hear how far it is
 */
record ExplanationReport(
    Session session,
    Prepared prepared,
    ExplainedSplit explained,
    GeneratorModel model,
    String variant,
    long seed,
    Consumer<String> lines) {

  /**
   * Writes the texts' file and makes the result.
   *
   * @param generator trained
   * @param reference weights of the frozen backbone; its own for a backbone
   * @param gradient what fine-tuned it; null for a backbone
   * @param estimators the judge and the reward model
   * @param outcome of training
   * @param start when the run began, {@link System#nanoTime}
   * @param texts takes the written explanations
   * @return the result
   */
  ExplanationResult make(
      ExplanationGenerator generator,
      Weights reference,
      PolicyGradient gradient,
      Estimators estimators,
      Trainer.Outcome outcome,
      long start,
      Path texts) {
    ExplanationMeasures measures =
        new ExplanationMeasures(session, explained, generator, reference, estimators);
    measures.write(
        GivenRatings.of(session, prepared, explained.split().test()), Reports.progress(lines));
    JsonLines.write(texts, measures.beside());
    ExplanationResult.Test test = measures.test();
    int drawn = gradient == null ? 1 : session.settings().mmi().samples();
    String lm = lm();
    return new ExplanationResult(
        ExplanationResult.KIND,
        1,
        model.id(),
        Generators.title(session, model),
        variant,
        session.profile(),
        seed,
        session.settings().models().of(model, lm),
        session.settings().models().deviations(model, lm),
        describe(),
        explained.hash(),
        Versions.all(),
        Devices.describe(session.chooseDevice()),
        estimators.describe(),
        cost(generator, outcome.epochs(), drawn, start, measures.writeSeconds()),
        outcome.epochs().stream().map(ExplanationReport::epoch).toList(),
        outcome.bestEpoch(),
        gradient == null ? Map.of() : gradient.log().values(),
        test,
        measures.metrics(test));
  }

  /** The language model's name, for those that have one; empty for the others. */
  String lm() {
    return Generators.languageModel(session, model);
  }

  private static ExplanationResult.Cost cost(
      ExplanationGenerator generator,
      List<EpochLog> logs,
      int drawn,
      long start,
      double writeSeconds) {
    double trained = logs.stream().mapToDouble(EpochLog::seconds).sum();
    return new ExplanationResult.Cost(
        generator.parameters().count(),
        Math.max((System.nanoTime() - start) / 1e9, trained),
        RunJson.median(logs.stream().mapToDouble(EpochLog::seconds)),
        RunJson.median(logs.stream().mapToDouble(e -> drawn * e.examples() / e.trainSeconds())),
        writeSeconds,
        Memory.peakMiB());
  }

  private RunResult.Data describe() {
    RunResult.Data whole = RatingRun.describe(prepared);
    Split split = explained.split();
    return new RunResult.Data(
        whole.name(),
        whole.aspects(),
        whole.fingerprint(),
        whole.splitHash(),
        whole.users(),
        whole.items(),
        split.train().length,
        split.validation().length,
        split.test().length);
  }

  /** An epoch as results have it. */
  static ExplanationResult.Epoch epoch(EpochLog log) {
    return new ExplanationResult.Epoch(
        log.epoch(), log.losses().get("loss"), log.validation(), log.seconds());
  }
}
