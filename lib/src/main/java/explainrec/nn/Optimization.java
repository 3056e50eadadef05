package explainrec.nn;

import explainrec.data.Check;
import java.util.List;

/**
 * How gradients become updates.
 *
 * @param optimizer {@code adam}, {@code sgd} or {@code rmsprop}
 * @param learningRate step size at the start, above 0
 * @param clip largest length of the whole gradient, longer ones are shortened to it; 0 clips
 *     nothing
 * @param decay what the learning rate is multiplied by after every epoch that was not the best so
 *     far, by the score or, where a model has one beside it, by its own validation loss; 1 leaves
 *     it
 */
public record Optimization(String optimizer, double learningRate, double clip, double decay) {
  /** Checks every range. */
  public Optimization {
    Check.oneOf("optimizer", optimizer, "adam", "sgd", "rmsprop");
    Check.range("learningRate", learningRate, 1e-9, 100);
    Check.range("clip", clip, 0, 1e9);
    Check.range("decay", decay, 1e-6, 1);
  }

  /**
   * Adam with nothing around it.
   *
   * @param learningRate step size
   * @return no clipping, no decay
   */
  public static Optimization adam(double learningRate) {
    return new Optimization("adam", learningRate, 0, 1);
  }

  /**
   * The same with a limit to the gradient.
   *
   * @param length largest length of the whole gradient; 0 for none
   * @return a copy
   */
  public Optimization withClip(double length) {
    return new Optimization(optimizer, learningRate, length, decay);
  }

  /** Makes the optimizer, with empty moments. */
  Optimizer of(Parameters parameters) {
    return switch (optimizer) {
      case "sgd" -> Sgd.of(parameters, learningRate);
      case "rmsprop" -> RmsProp.of(parameters, learningRate);
      default -> Adam.of(parameters, learningRate);
    };
  }

  /** The learning rate for the epoch after these: it depends on them alone, so it resumes. */
  double rateAfter(List<EpochLog> epochs) {
    double rate = learningRate;
    double best = Double.POSITIVE_INFINITY;
    for (EpochLog epoch : epochs) {
      double now = epoch.validation().getOrDefault(Trainable.Validation.FOLLOWED, epoch.score());
      if (now < best) {
        best = now;
      } else {
        rate *= decay;
      }
    }
    return rate;
  }
}
