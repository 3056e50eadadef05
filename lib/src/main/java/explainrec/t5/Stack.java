package explainrec.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import explainrec.nn.Dropout;
import explainrec.nn.Layers;
import explainrec.nn.Weights;

/**
 * The encoder's or the decoder's blocks: self-attention, in the decoder attention to the encoder,
 * and a feed-forward layer, each normalised before and added after.
 *
 * <p>Shapes: B batch, T positions, S the encoder's positions, d width, f hidden width.
 */
final class Stack {
  private final T5Config config;
  private final String name;
  private final boolean decoder;
  private final int layers;
  private final Attention attention;

  /**
   * @param config of the model
   * @param name encoder or decoder
   */
  Stack(T5Config config, String name) {
    this.config = config;
    this.name = name;
    this.decoder = name.equals("decoder");
    this.layers = decoder ? config.decoderLayers() : config.encoderLayers();
    this.attention = new Attention(config);
  }

  /**
   * What the decoder's blocks attend to in the encoder's output.
   *
   * @param weights of the model
   * @param layer number of the block
   * @param memory the encoder's output, (B, S, d)
   * @return keys and values
   */
  Attention.Keys crossKeys(Weights weights, int layer, NDArray memory) {
    return attention.keys(weights, layer(layer, 1) + "EncDecAttention", memory);
  }

  /**
   * Runs all blocks.
   *
   * @param weights of the model
   * @param embedded (B, T, d)
   * @param bias of self-attention, (B or 1, h, T, T)
   * @param memory the decoder's access to the encoder's output; null in the encoder
   * @param dropout null when not training
   * @return (B, T, d)
   */
  NDArray run(Weights weights, NDArray embedded, NDArray bias, Memory memory, Dropout dropout) {
    NDArray x = drop(embedded, dropout); // (B, T, d)
    for (int n = 0; n < layers; n++) {
      NDArray normed = norm(weights, layer(n, 0) + "layer_norm.weight", x);
      String self = layer(n, 0) + "SelfAttention";
      Attention.Keys keys = attention.keys(weights, self, normed);
      if (memory != null) {
        keys = memory.extend(n, keys);
      }
      x = x.add(drop(attention.attend(weights, self, normed, keys, bias, dropout), dropout));
      if (memory != null) {
        normed = norm(weights, layer(n, 1) + "layer_norm.weight", x);
        String cross = layer(n, 1) + "EncDecAttention";
        keys = memory.cross(n);
        // K texts of one row hear it side by side: (B K, T, d) as (B, K T, d).
        NDArray together = normed.reshape(keys.keys().getShape().get(0), -1, config.width());
        NDArray heard = attention.attend(weights, cross, together, keys, memory.reach(), dropout);
        x = x.add(drop(heard.reshape(x.getShape()), dropout));
      }
      x = x.add(drop(feedForward(weights, layer(n, decoder ? 2 : 1), x, dropout), dropout));
    }
    return drop(norm(weights, name + ".final_layer_norm.weight", x), dropout);
  }

  /** The decoder's access to the encoder's output and to its own past. */
  interface Memory {
    /** Adds keys and values of new positions to those of the past, if there is any. */
    Attention.Keys extend(int layer, Attention.Keys fresh);

    /** Keys and values of the encoder's output. */
    Attention.Keys cross(int layer);

    /** What of it can be reached, (B, 1, 1, S); null for all. */
    NDArray reach();
  }

  private NDArray feedForward(Weights weights, String layer, NDArray x, Dropout dropout) {
    NDArray normed = norm(weights, layer + "layer_norm.weight", x); // (B, T, d)
    String dense = layer + "DenseReluDense.";
    NDArray hidden; // (B, T, f)
    if (config.gated()) {
      NDArray gate = Layers.gelu(Products.linear(normed, weights.get(dense + "wi_0.weight")));
      hidden = gate.mul(Products.linear(normed, weights.get(dense + "wi_1.weight")));
    } else {
      hidden = Activation.relu(Products.linear(normed, weights.get(dense + "wi.weight")));
    }
    return Products.linear(drop(hidden, dropout), weights.get(dense + "wo.weight"));
  }

  /**
   * RMS norm: divided by the root of the mean square, no mean taken off, no bias. In products and
   * one sum, whose gradients take half the time of those of a norm and a quotient.
   */
  private NDArray norm(Weights weights, String scale, NDArray x) {
    float width = config.width();
    NDArray squares = x.mul(x).sum(new int[] {2}, true); // (B, T, 1)
    NDArray root = squares.add((float) (width * config.epsilon())).sqrt();
    NDArray inverse = x.getManager().create((float) Math.sqrt(width)).div(root);
    return x.mul(inverse).mul(weights.get(scale));
  }

  static NDArray drop(NDArray x, Dropout dropout) {
    return dropout == null ? x : dropout.apply(x);
  }

  private String layer(int block, int sublayer) {
    return name + ".block." + block + ".layer." + sublayer + ".";
  }
}
