package explainrec.run;

import ai.djl.Device;
import explainrec.data.InputException;
import explainrec.elixir.PromptGenerator;
import explainrec.elixir.ReviewSettings;
import explainrec.t5.LanguageModel;
import java.util.Locale;

/** Refuses a prompt generator that this machine cannot hold, before minutes are spent on it. */
final class ReviewMemory {
  private static final double GIB = 1 << 30;

  private ReviewMemory() {}

  /**
   * Requires that what is trained fits.
   *
   * @param settings of the review module
   * @param vectors n that psi sees
   * @param width d
   * @param lm the language model
   * @param device where it would compute
   * @throws InputException with an estimate when it does not
   */
  static void require(
      ReviewSettings settings, int vectors, int width, LanguageModel lm, Device device) {
    if (device.isGpu()) {
      return;
    }
    int wordWidth = lm.t5().config().width();
    long trained = PromptGenerator.count(settings, vectors, width, wordWidth);
    boolean lmTrained = settings.lmTraining().equals("trained");
    trained += lmTrained ? lm.parameters() : 0;
    require(
        settings,
        trained,
        lmTrained ? 0 : lm.parameters(),
        Memory.availableMiB() / 1024,
        Runtime.getRuntime().maxMemory() / GIB);
  }

  /** Weights, gradients and the best epoch lie outside the heap; Adam's two moments in it. */
  static void require(
      ReviewSettings settings, long trained, long frozen, double availableGiB, double heapGiB) {
    double outside = 4.0 * (3 * trained + frozen) / GIB;
    double inside = 4.0 * 2 * trained / GIB;
    boolean fits = !(outside + inside > availableGiB) && !(inside > heapGiB);
    if (!fits) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "psi=%s: %,d numbers to train take about %.1f GiB (weights, gradients, Adam's moments,"
                  + " the best epoch), %.1f of them in Java's heap; free are %.1f GiB, the heap may"
                  + " grow to %.1f; use psi=light, fewer promptTokens, or EXPLAINREC_HEAP=%dg on a"
                  + " larger machine",
              settings.psi(),
              trained,
              outside + inside,
              inside,
              availableGiB,
              heapGiB,
              (int) Math.ceil(inside + 2)));
    }
  }
}
