package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Weights;
import java.util.HashMap;
import java.util.Map;

/**
 * A weighted sum of words' log-probabilities whose weights are known beforehand, as in the loss of
 * training: the gradient of each score is known as soon as the scores are, sum of c over the
 * state's own words less C p, where p are the state's probabilities and C the sum of the weights c
 * told from it. All of them are put into one array that is used again in every step; the gradients
 * of the map and of the states are then one product each, where scores in parts would add up a
 * gradient of the whole map for every part.
 *
 * <p>Shapes: H width of a state, V words, T tokens, U distinct states.
 */
final class WordLoss implements AutoCloseable {
  private final Kept room; // gradients of scores, (U of the largest batch so far, V)

  /**
   * Begins without room.
   *
   * @param manager lives longer, on the weights' device
   */
  WordLoss(NDManager manager) {
    this.room = new Kept(manager);
  }

  /**
   * What was found.
   *
   * @param sum of c log p, part of the gradient graph
   * @param logs log-probability of each token, nats, (T)
   */
  record Told(NDArray sum, float[] logs) {
    /** The mean of some tokens' negative log-probabilities, no part of the graph. */
    NDArray loss(int from, int to) {
      double total = 0;
      for (int n = from; n < to; n++) {
        total -= logs[n];
      }
      return sum.getManager().create((float) (total / (to - from)));
    }
  }

  /**
   * Tells words from states.
   *
   * @param weights of the model, leaves or frozen
   * @param states (U, H)
   * @param of the state of each token, (T)
   * @param tokens word of each, (T)
   * @param coefficients c of each, (T)
   * @return the sum and its parts; the backward pass has to come before the next call
   */
  Told of(Weights weights, NDArray states, int[] of, long[] tokens, float[] coefficients) {
    NDArray table = weights.get(WordHead.WEIGHT); // (V, H)
    NDArray bias = weights.get(WordHead.BIAS); // (V)
    int words = Math.toIntExact(table.getShape().get(0));
    int count = Math.toIntExact(states.getShape().get(0));
    NDManager manager = states.getManager();
    float[] all = new float[count]; // -C
    for (int n = 0; n < of.length; n++) {
      all[of[n]] -= coefficients[n];
    }
    NDArray factors = manager.create(all, new Shape(count, 1));
    NDArray slopes = room(manager, count, words); // (U, V)
    Weights still =
        new Weights(
            Map.of(WordHead.WEIGHT, table.stopGradient(), WordHead.BIAS, bias.stopGradient()));
    WordHead.Part taker =
        (first, last, some) -> {
          NDIndex rows = new NDIndex().addSliceDim(first, last);
          try (NDArray probabilities = some.exp()) { // (u, V)
            slopes.set(rows, probabilities.muli(factors.get(rows)));
          }
        };
    float[] logs = WordHead.logs(still, states.stopGradient(), of, tokens, taker).toFloatArray();
    double sum = 0;
    Map<Long, Float> own = new HashMap<>(); // sum of c by place in (U V): words come twice
    long[] places = new long[of.length];
    for (int n = 0; n < of.length; n++) {
      sum += (double) coefficients[n] * logs[n];
      places[n] = (long) of[n] * words + tokens[n];
      own.merge(places[n], coefficients[n], Float::sum);
    }
    float[] values = new float[of.length];
    for (int n = 0; n < of.length; n++) {
      values[n] = all[of[n]] * (float) Math.exp(logs[n]) + own.get(places[n]);
    }
    slopes.reshape(-1).set(new NDIndex("{}", manager.create(places)), manager.create(values));
    NDArray slope =
        states.mul(slopes.matMul(table)).sum().add(bias.mul(slopes.sum(new int[] {0})).sum());
    return new Told(slope.sub(slope.stopGradient()).add((float) sum), logs);
  }

  /** The first rows of the room, which grows where they are more than it has. */
  private NDArray room(NDManager manager, int rows, int words) {
    NDArray now = room.get();
    if (now == null || now.getShape().get(0) < rows) {
      room.set(manager.create(new Shape(rows, words), DataType.FLOAT32));
    }
    now = room.get();
    return now.getShape().get(0) == rows ? now : now.get(new NDIndex().addSliceDim(0, rows));
  }

  @Override
  public void close() {
    room.close();
  }
}
