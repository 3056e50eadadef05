package explainrec.text;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import explainrec.data.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A BERT or RoBERTa as Hugging Face saves it: a Transformer encoder that normalises after each
 * residual sum, with learned positions and the exact GELU.
 *
 * <p>J. Devlin et al.: BERT, 2019; Y. Liu et al.: RoBERTa, 2019. Shapes: B batch, T tokens, h
 * heads, k width of a head, d = h k.
 */
public final class BertEncoder implements TokenEncoder {
  private static final float FAR = 1e9f; // taken off the scores of padding

  private final String name;
  private final String hash;
  private final BertConfig config;
  private final int layers;
  private final EncoderTokenizer tokenizer;
  private final NDManager manager;
  private final BertWeights weights;

  private BertEncoder(
      Path folder, BertConfig config, int layers, EncoderTokenizer tokenizer, Device device)
      throws IOException {
    Path file = folder.resolve("model.safetensors");
    try (InputStream in = Files.newInputStream(file)) {
      hash = WeightsHash.of(in);
    }
    this.name = folder.toAbsolutePath().normalize().getFileName() + ", layer " + layers;
    this.config = config;
    this.layers = layers;
    this.tokenizer = tokenizer;
    this.manager = NDManager.newBaseManager(device);
    try {
      this.weights = BertWeights.load(manager, config, layers, file);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Loads a model up to the layer that BERTScore uses for models of its size, 17 for {@code
   * roberta-large}.
   *
   * @param folder with {@code config.json}, {@code model.safetensors} and {@code tokenizer.json}
   * @param device where it runs
   * @return the encoder, to be closed
   * @throws InputException when a file is missing, damaged, or does not fit the others
   */
  public static BertEncoder open(Path folder, Device device) {
    return open(folder, BertConfig.read(folder.resolve("config.json")).usualLayer(), device);
  }

  /**
   * Loads a model up to a layer.
   *
   * @param folder with {@code config.json}, {@code model.safetensors} and {@code tokenizer.json}
   * @param layer whose output the vectors are, from 1; 0 for the embeddings
   * @param device where it runs
   * @return the encoder, to be closed
   * @throws InputException when a file is missing, damaged, or does not fit the others, or the
   *     model has no such layer
   */
  public static BertEncoder open(Path folder, int layer, Device device) {
    BertConfig config = BertConfig.read(folder.resolve("config.json"));
    if (layer < 0 || layer > config.layers()) {
      throw new InputException(
          folder + ": layer " + layer + " asked for, the model has " + config.layers());
    }
    Path json = folder.resolve("tokenizer.json");
    EncoderTokenizer tokenizer;
    try (InputStream in = Files.newInputStream(json)) {
      tokenizer = new EncoderTokenizer(in.readAllBytes(), config.roberta());
    } catch (NoSuchFileException e) {
      throw new InputException(json + ": no such file; check the path", e);
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          json + ": not an encoder's tokenizer.json of Hugging Face's format; copy it again", e);
    }
    try {
      if (tokenizer.size() > config.vocabulary()) {
        throw new InputException(
            json
                + (": has ids up to " + (tokenizer.size() - 1) + ", but the model embeds only ")
                + (config.vocabulary() + " words; use the tokenizer that came with the model"));
      }
      return new BertEncoder(folder, config, layer, tokenizer, device);
    } catch (IOException e) {
      tokenizer.close();
      throw new InputException(
          folder.resolve("model.safetensors") + ": no such file, or not readable; check the path",
          e);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String hash() {
    return hash;
  }

  @Override
  public int width() {
    return config.width();
  }

  @Override
  public int longest() {
    return config.longest();
  }

  @Override
  public synchronized List<TokenVectors> encode(List<String> texts, int most) {
    return TokenBatch.encode(texts, most, tokenizer, config.pad(), this::vectors);
  }

  private FloatBuffer vectors(TokenBatch batch) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Shape shape = new Shape(batch.texts().length, batch.length());
      NDArray mask = manager.create(batch.mask(), shape).toType(DataType.FLOAT32, false);
      NDArray bias = mask.sub(1f).mul(FAR).expandDims(1).expandDims(1); // (B, 1, 1, T)
      NDArray x = embed(batch, shape); // (B, T, d)
      for (int n = 0; n < layers; n++) {
        x = layer("encoder.layer." + n + ".", x, bias);
      }
      return FloatBuffer.wrap(x.toFloatArray());
    }
  }

  private NDArray embed(TokenBatch batch, Shape shape) {
    NDArray words = lookUp("word", manager.create(batch.ids(), shape));
    NDArray places = lookUp("position", manager.create(positions(batch), shape));
    NDArray types = lookUp("token_type", manager.create(new long[batch.ids().length], shape));
    return norm("embeddings.LayerNorm", words.add(types).add(places));
  }

  private NDArray lookUp(String kind, NDArray ids) {
    NDArray table = weights.get("embeddings." + kind + "_embeddings.weight");
    return Embedding.embedding(ids, table, SparseFormat.DENSE).singletonOrThrow();
  }

  /** 0, 1, 2 ... in a BERT; in a RoBERTa tokens count from pad + 1, and pads have position pad. */
  private long[] positions(TokenBatch batch) {
    long[] positions = new long[batch.ids().length];
    long next = 0;
    for (int n = 0; n < positions.length; n++) {
      if (n % batch.length() == 0) {
        next = config.roberta() ? config.pad() + 1 : 0;
      }
      boolean skipped = config.roberta() && batch.ids()[n] == config.pad();
      positions[n] = skipped ? config.pad() : next++;
    }
    return positions;
  }

  private NDArray layer(String layer, NDArray x, NDArray bias) {
    NDArray heard = attend(layer + "attention.", x, bias);
    NDArray y = norm(layer + "attention.output.LayerNorm", heard.add(x));
    NDArray inner = Activation.gelu(linear(layer + "intermediate.dense", y)); // (B, T, f)
    return norm(layer + "output.LayerNorm", linear(layer + "output.dense", inner).add(y));
  }

  private NDArray attend(String attention, NDArray x, NDArray bias) {
    NDArray queries = heads(linear(attention + "self.query", x)); // (B, h, T, k)
    NDArray keys = heads(linear(attention + "self.key", x));
    NDArray values = heads(linear(attention + "self.value", x));
    float scale = (float) (1 / Math.sqrt((double) config.width() / config.heads()));
    NDArray scores = queries.mul(scale).matMul(keys.swapAxes(2, 3)); // (B, h, T, T)
    NDArray heard = scores.add(bias).softmax(3).matMul(values); // (B, h, T, k)
    return linear(attention + "output.dense", heard.swapAxes(1, 2).reshape(x.getShape()));
  }

  /** (B, T, d) to (B, h, T, k). */
  private NDArray heads(NDArray x) {
    Shape shape = x.getShape();
    int heads = config.heads();
    return x.reshape(shape.get(0), shape.get(1), heads, config.width() / heads).swapAxes(1, 2);
  }

  private NDArray linear(String name, NDArray x) {
    return Linear.linear(x, weights.get(name + ".weight"), weights.get(name + ".bias"))
        .singletonOrThrow();
  }

  private NDArray norm(String name, NDArray x) {
    return LayerNorm.layerNorm(
            x,
            new Shape(config.width()),
            weights.get(name + ".weight"),
            weights.get(name + ".bias"),
            (float) config.epsilon())
        .singletonOrThrow();
  }

  @Override
  public synchronized void close() {
    manager.close();
    tokenizer.close();
  }
}
