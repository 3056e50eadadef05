package explainrec.nn;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adam on the CPU: one pass over the tensors' own memory, in blocks that stay in the first-level
 * cache, on all cores.
 *
 * <p>A block never spans two parameters, and its moments are arrays of their own: loops that start
 * at 0 of every array they touch run on vector instructions.
 */
final class HostAdam implements Optimizer {
  private static final int BLOCK = 4096;

  private final Parameters parameters;
  private final double learningRate;
  private final List<Block> blocks = new ArrayList<>();
  private long steps;

  /**
   * A part of one parameter, with its moments.
   *
   * @param parameter number of the parameter
   * @param offset where the block starts in the parameter
   * @param from where it starts among all numbers
   * @param first first moments m
   * @param second second moments v, as many
   */
  private record Block(int parameter, int offset, int from, float[] first, float[] second) {
    int length() {
      return first.length;
    }
  }

  HostAdam(Parameters parameters, double learningRate) {
    this.parameters = parameters;
    this.learningRate = learningRate;
    int parameter = 0;
    int start = 0;
    for (long size : parameters.sizes()) {
      for (int offset = 0; offset < size; offset += BLOCK) {
        int length = Math.toIntExact(Math.min(BLOCK, size - offset));
        blocks.add(
            new Block(parameter, offset, start + offset, new float[length], new float[length]));
      }
      start += Math.toIntExact(size);
      parameter++;
    }
  }

  @Override
  public void step(Weights leaves) {
    steps++;
    float stepSize = (float) Adam.stepSize(learningRate, steps);
    float correction = (float) Adam.squareCorrection(steps);
    // A direct view: no copy, and what is put into it is what the next forward pass reads.
    FloatBuffer weights = parameters.flat().toByteBuffer(true).asFloatBuffer();
    List<FloatBuffer> gradients = new ArrayList<>();
    for (NDArray leaf : leaves.all().values()) {
      gradients.add(leaf.getGradient().toByteBuffer(true).asFloatBuffer());
    }
    int workers = Math.min(blocks.size(), 4 * Runtime.getRuntime().availableProcessors());
    IntStream.range(0, workers)
        .parallel()
        .forEach(
            worker -> {
              int from = (int) ((long) blocks.size() * worker / workers);
              int to = (int) ((long) blocks.size() * (worker + 1) / workers);
              update(blocks.subList(from, to), weights, gradients, stepSize, correction);
            });
  }

  private static void update(
      List<Block> blocks,
      FloatBuffer weights,
      List<FloatBuffer> gradients,
      float stepSize,
      float correction) {
    float[] w = new float[BLOCK];
    float[] g = new float[BLOCK];
    for (Block block : blocks) {
      gradients.get(block.parameter()).get(block.offset(), g, 0, block.length());
      weights.get(block.from(), w, 0, block.length());
      update(w, g, block.first(), block.second(), stepSize, correction);
      weights.put(block.from(), w, 0, block.length());
    }
  }

  private static void update(
      float[] w, float[] g, float[] m, float[] v, float stepSize, float correction) {
    for (int i = 0; i < m.length; i++) {
      float gradient = g[i];
      float mean = Adam.BETA1 * m[i] + (1 - Adam.BETA1) * gradient;
      float square = Adam.BETA2 * v[i] + (1 - Adam.BETA2) * gradient * gradient;
      m[i] = mean;
      v[i] = square;
      w[i] -= stepSize * mean / ((float) Math.sqrt(square) / correction + Adam.EPSILON);
    }
  }

  @Override
  public State state() {
    float[] first = new float[Math.toIntExact(parameters.count())];
    float[] second = new float[first.length];
    for (Block block : blocks) {
      System.arraycopy(block.first(), 0, first, block.from(), block.length());
      System.arraycopy(block.second(), 0, second, block.from(), block.length());
    }
    return new State(steps, first, second);
  }

  @Override
  public void restore(State state) {
    steps = state.steps();
    for (Block block : blocks) {
      System.arraycopy(state.first(), block.from(), block.first(), 0, block.length());
      System.arraycopy(state.second(), block.from(), block.second(), 0, block.length());
    }
  }

  @Override
  public void close() {
    // The moments are ordinary arrays.
  }
}
