package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Layers;
import explainrec.nn.Weights;

/**
 * Relative position biases (section 2.1 of the paper): every head adds a learned number to the
 * score of a query and a key that depends only on how far they are apart. Near distances have a
 * number of their own, far ones share logarithmically growing buckets. All layers of a stack share
 * them.
 */
final class RelativePositions {
  private static final float NEVER = -1e9f; // as a score: weight 0 after the softmax

  private final T5Config config;
  private final String stack;
  private final boolean causal;

  /**
   * @param config of the model
   * @param stack encoder or decoder
   */
  RelativePositions(T5Config config, String stack) {
    this.config = config;
    this.stack = stack;
    this.causal = stack.equals("decoder");
  }

  /**
   * The bias of every query and key; in the decoder later keys are out of reach.
   *
   * @param weights of the model
   * @param first position of the first query; the first key's is 0
   * @param queries T
   * @param keys S
   * @return (1, h, T, S)
   */
  NDArray bias(Weights weights, int first, int queries, int keys) {
    NDArray table = weights.get(stack + T5Weights.POSITIONS); // (buckets, h)
    long[] buckets = new long[queries * keys];
    float[] reach = new float[queries * keys];
    for (int n = 0; n < buckets.length; n++) {
      int distance = n % keys - (first + n / keys);
      buckets[n] = bucket(distance);
      reach[n] = causal && distance > 0 ? NEVER : 0;
    }
    Shape shape = new Shape(queries, keys);
    NDArray bias = Layers.embed(table.getManager().create(buckets, shape), table); // (T, S, h)
    bias = bias.transpose(2, 0, 1).expandDims(0); // (1, h, T, S)
    return causal && queries > 1 ? bias.add(table.getManager().create(reach, shape)) : bias;
  }

  /**
   * Scores that keep a mask's zeros out of reach.
   *
   * @param mask 1 where there is something, else 0, (B, S)
   * @return to be added to scores, (B, 1, 1, S)
   */
  static NDArray reach(NDArray mask) {
    return Layers.scale(mask.sub(1f), -NEVER).expandDims(1).expandDims(1);
  }

  /**
   * The bucket of a distance. The encoder has half of them for keys before the query and half for
   * keys after it; the decoder all for keys before it. Half of those are exact.
   *
   * @param distance key position minus query position
   * @return from 0 to buckets - 1
   */
  int bucket(int distance) {
    int many = causal ? config.buckets() : config.buckets() / 2;
    int side = !causal && distance > 0 ? many : 0;
    int apart = causal ? Math.max(-distance, 0) : Math.abs(distance);
    int exact = many / 2;
    if (apart < exact) {
      return side + apart;
    }
    // In float, step by step as PyTorch does: distances at a bucket's edge must fall the same way.
    float log = (float) Math.log((float) apart / exact);
    float share = log / (float) Math.log((double) config.maxDistance() / exact);
    return side + Math.min(exact + (int) (share * (many - exact)), many - 1);
  }
}
