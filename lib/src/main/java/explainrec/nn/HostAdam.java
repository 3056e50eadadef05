package explainrec.nn;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adam on the CPU: one pass over the tensors' own memory, in blocks that stay in the first-level
 * cache, on all cores.
 */
final class HostAdam implements Optimizer {
  private static final int BLOCK = 2048;

  private final Parameters parameters;
  private final double learningRate;
  private final float[] first; // m, (P)
  private final float[] second; // v, (P)
  private long steps;

  /**
   * A block of one parameter's numbers.
   *
   * @param gradient the parameter's gradient
   * @param offset where the block starts in the parameter
   * @param from where it starts among all numbers
   * @param length its numbers
   */
  private record Block(FloatBuffer gradient, int offset, int from, int length) {}

  HostAdam(Parameters parameters, double learningRate) {
    this.parameters = parameters;
    this.learningRate = learningRate;
    this.first = new float[Math.toIntExact(parameters.count())];
    this.second = new float[first.length];
  }

  @Override
  public void step(Weights leaves) {
    steps++;
    float stepSize = (float) Adam.stepSize(learningRate, steps);
    float correction = (float) Adam.squareCorrection(steps);
    // A direct view: no copy, and what is put into it is what the next forward pass reads.
    FloatBuffer weights = parameters.flat().toByteBuffer(true).asFloatBuffer();
    List<Block> blocks = blocks(leaves);
    int workers = Math.min(blocks.size(), 4 * Runtime.getRuntime().availableProcessors());
    IntStream.range(0, workers)
        .parallel()
        .forEach(
            worker -> {
              int from = (int) ((long) blocks.size() * worker / workers);
              int to = (int) ((long) blocks.size() * (worker + 1) / workers);
              update(blocks.subList(from, to), weights, stepSize, correction);
            });
  }

  private static List<Block> blocks(Weights leaves) {
    List<Block> blocks = new ArrayList<>();
    int start = 0;
    for (NDArray leaf : leaves.all().values()) {
      int size = Math.toIntExact(leaf.size());
      FloatBuffer gradient = leaf.getGradient().toByteBuffer(true).asFloatBuffer();
      for (int offset = 0; offset < size; offset += BLOCK) {
        blocks.add(new Block(gradient, offset, start + offset, Math.min(BLOCK, size - offset)));
      }
      start += size;
    }
    return blocks;
  }

  private void update(List<Block> blocks, FloatBuffer weights, float stepSize, float correction) {
    // Copies in the cache, all starting at 0: loops over them run on vector instructions.
    float[] w = new float[BLOCK];
    float[] g = new float[BLOCK];
    float[] m = new float[BLOCK];
    float[] v = new float[BLOCK];
    for (Block block : blocks) {
      int from = block.from();
      int length = block.length();
      block.gradient().get(block.offset(), g, 0, length);
      weights.get(from, w, 0, length);
      System.arraycopy(first, from, m, 0, length);
      System.arraycopy(second, from, v, 0, length);
      update(w, g, m, v, length, stepSize, correction);
      weights.put(from, w, 0, length);
      System.arraycopy(m, 0, first, from, length);
      System.arraycopy(v, 0, second, from, length);
    }
  }

  private static void update(
      float[] w, float[] g, float[] m, float[] v, int length, float stepSize, float correction) {
    for (int i = 0; i < length; i++) {
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
    return new State(steps, first.clone(), second.clone());
  }

  @Override
  public void restore(State state) {
    steps = state.steps();
    System.arraycopy(state.first(), 0, first, 0, first.length);
    System.arraycopy(state.second(), 0, second, 0, second.length);
  }

  @Override
  public void close() {
    // The moments are ordinary arrays.
  }
}
