package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Layers;
import explainrec.nn.Weights;

/** How surprising given texts are to a T5, each on its own. */
public final class TextLosses {
  private TextLosses() {}

  /**
   * The cross-entropy of each text, without gradients.
   *
   * @param t5 the model
   * @param weights of the model
   * @param memory the encoder's output, (B, S, d)
   * @param mask of the encoder's input, (B, S), or null
   * @param labels ids of each text, a row each; at least one label of each must count
   * @return mean negative log-likelihood of each text's labels, (B)
   */
  public static float[] of(T5 t5, Weights weights, NDArray memory, NDArray mask, int[][] labels) {
    Targets targets = Targets.of(labels, t5.config(), T5.Mean.REVIEWS);
    NDManager manager = memory.getManager();
    NDArray ids = manager.create(targets.inputs(), new Shape(labels.length, targets.length()));
    NDArray decoded = t5.decode(weights, memory, mask, ids, null); // (B, T, d)
    NDArray places = manager.create(targets.places());
    NDArray words = Layers.embed(places, decoded.reshape(-1, t5.config().width())); // (N, d)
    float[] found = t5.logs(weights, words, manager.create(targets.words())).toFloatArray();
    float[] losses = new float[labels.length];
    for (int n = 0; n < found.length; n++) {
      int text = (int) (targets.places()[n] / targets.length());
      losses[text] -= found[n] * targets.shares()[n] * labels.length;
    }
    return losses;
  }
}
