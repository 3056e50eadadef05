package explainrec.text;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;

/**
 * The sentence encoder all-MiniLM-L6-v2 (6 layers, 384 values), which comes with the kit as a
 * library and needs no download. It runs on ONNX Runtime, on two threads whatever the machine, so
 * that its numbers do not depend on how many there are.
 *
 * <p>W. Wang et al.: MiniLM, 2020; N. Reimers and I. Gurevych: Sentence-BERT, 2019.
 */
public final class MiniLm implements TokenEncoder {
  /** Tokens that the model saw of a sentence when it was trained for sentence vectors. */
  public static final int SENTENCE_TOKENS = 256;

  private static final String WEIGHTS = "/all-minilm-l6-v2.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";
  private static final int WIDTH = 384;
  private static final int LONGEST = 512; // rows of the position embedding
  private static final int PAD = 0;
  private static final int THREADS = 2;

  private final EncoderTokenizer tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String hash;

  private MiniLm(EncoderTokenizer tokenizer, byte[] weights) throws OrtException, IOException {
    this.tokenizer = tokenizer;
    hash = WeightsHash.of(new ByteArrayInputStream(weights));
    environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    environment.setTelemetry(false);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(THREADS);
      options.setInterOpNumThreads(1);
      session = environment.createSession(weights, options);
    }
  }

  /**
   * Loads the model: two seconds of work, some 200 MB.
   *
   * @return the encoder, to be closed
   */
  public static MiniLm open() {
    try (InputStream json = resource(TOKENIZER);
        InputStream weights = resource(WEIGHTS)) {
      EncoderTokenizer tokenizer = new EncoderTokenizer(json.readAllBytes(), false);
      try {
        return new MiniLm(tokenizer, weights.readAllBytes());
      } catch (OrtException | IOException | RuntimeException e) {
        tokenizer.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot load " + WEIGHTS, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    InputStream in = MiniLm.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(name + " is not on the class path");
    }
    return in;
  }

  @Override
  public String name() {
    return "all-MiniLM-L6-v2, layer 6";
  }

  @Override
  public String hash() {
    return hash;
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int longest() {
    return LONGEST;
  }

  @Override
  public synchronized List<TokenVectors> encode(List<String> texts, int most) {
    return TokenBatch.encode(texts, most, tokenizer, PAD, this::vectors);
  }

  private FloatBuffer vectors(TokenBatch batch) {
    long[] shape = {batch.texts().length, batch.length()};
    long[] types = new long[batch.ids().length];
    try (OnnxTensor ids = tensor(batch.ids(), shape);
        OnnxTensor mask = tensor(batch.mask(), shape);
        OnnxTensor segments = tensor(types, shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", segments))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer(); // (B, T, 384), a copy
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  @Override
  public synchronized void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    } finally {
      tokenizer.close();
    }
  }
}
