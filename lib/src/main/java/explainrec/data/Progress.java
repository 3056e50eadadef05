package explainrec.data;

/** Hears how far a long piece of work has come; the command line draws bars from it. */
@FunctionalInterface
public interface Progress {
  /** Says nothing. */
  Progress SILENT = (stage, done, total) -> {};

  /**
   * Reports a step.
   *
   * @param stage what is being done, a few words
   * @param done units finished so far
   * @param total units in all; 0 or less when unknown
   */
  void update(String stage, long done, long total);
}
