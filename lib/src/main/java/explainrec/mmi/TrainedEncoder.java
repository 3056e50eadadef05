package explainrec.mmi;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import explainrec.data.InputException;
import explainrec.nn.Checkpoint;
import explainrec.nn.Parameters;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.text.Encoded;
import explainrec.text.SentenceEncoder;
import explainrec.text.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small encoder that learns to predict the rating (and, where asked, the feature) from real
 * sentences and is frozen then; the paper does so with BERT. Its rating head is a sentiment
 * classifier, too.
 *
 * <p>It reads sentences of words with blanks between, at most {@value #LONGEST} words of each.
 */
public final class TrainedEncoder implements SentenceEncoder, AutoCloseable {
  /** Words read of a sentence, its end included. */
  static final int LONGEST = 64;

  private static final double LEARNING_RATE = 1e-3; // Adam
  private static final int MOST_WORDS = 20_000;
  private static final int AT_ONCE = 1024; // sentences
  private static final int DIGITS = 12; // of the hash

  private final Vocabulary vocabulary;
  private final EncoderNetwork network;
  private final NDManager manager;
  private final Parameters parameters;
  private final Encoded<Known> known = new Encoded<>(this::encode, AT_ONCE, Encoded.KEPT);
  private String label;

  /**
   * What was computed for a sentence.
   *
   * @param vector (d)
   * @param rating class that the rating head finds likeliest
   */
  private record Known(float[] vector, int rating) {}

  private TrainedEncoder(Vocabulary vocabulary, int width, int features, Device device, long seed) {
    this.vocabulary = vocabulary;
    this.network = new EncoderNetwork(vocabulary.size(), width, features);
    this.manager = NDManager.newBaseManager(device);
    this.parameters = network.describe().build(manager, device, seed);
  }

  /**
   * Makes an encoder that knows the words of some sentences and nothing else yet.
   *
   * @param sentences whose words it knows
   * @param settings width
   * @param features classes of its head for features, 0 for none
   * @param device where it computes
   * @param seed of its random start
   * @return the encoder, to be trained or loaded, and closed
   */
  static TrainedEncoder make(
      RealSentences sentences, MineSettings settings, int features, Device device, long seed) {
    return new TrainedEncoder(
        new Vocabulary(sentences.texts().stream().map(TrainedEncoder::words).toList(), MOST_WORDS),
        settings.encoderWidth(),
        features,
        device,
        seed);
  }

  /**
   * Trains an encoder on real sentences.
   *
   * @param sentences to learn from
   * @param settings width and epochs
   * @param features number of features to learn, too; 0 for the rating alone
   * @param device where it computes
   * @param seed of everything random
   * @param listeners hear of every step and epoch
   * @return the frozen encoder, to be closed
   * @throws InputException when the rows have fewer than two different ratings
   */
  static TrainedEncoder train(
      RealSentences sentences,
      MineSettings settings,
      int features,
      Device device,
      long seed,
      List<? extends TrainingListener> listeners) {
    int[] ratings = sentences.ratings();
    if (Arrays.stream(ratings).distinct().count() < 2) {
      throw new InputException(
          "sentence encoder: at least two different ratings are needed to learn from, the "
              + (ratings.length + " sentences have ")
              + (ratings.length == 0 ? "none" : "only " + (ratings[0] + 1))
              + "; use more or other reviews, or sentenceEncoder = minilm");
    }
    TrainedEncoder encoder = make(sentences, settings, features, device, seed);
    int[][] ids = sentences.texts().stream().map(encoder::ids).toArray(int[][]::new);
    try (EncoderTraining training =
        new EncoderTraining(
            encoder.network, encoder.parameters, ids, ratings, sentences.features(), seed)) {
      new Trainer(LEARNING_RATE, settings.encoderEpochs(), seed, listeners)
          .train(training, Checkpoint.NONE);
      return encoder;
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private int[] ids(String sentence) {
    int[] ids = vocabulary.encode(words(sentence));
    return ids.length <= LONGEST ? ids : Arrays.copyOf(ids, LONGEST);
  }

  private static List<String> words(String sentence) {
    String words = sentence.strip();
    return words.isEmpty() ? List.of() : List.of(words.split("\\s+"));
  }

  @Override
  public int width() {
    return network.width();
  }

  @Override
  public synchronized String label() {
    if (label == null) {
      label = "trained encoder, " + hash();
    }
    return label;
  }

  private String hash() {
    float[] values = parameters.values();
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void forget() {
    known.forget();
  }

  @Override
  public List<float[]> of(List<String> sentences) {
    return known.of(sentences).stream().map(Known::vector).toList();
  }

  /**
   * The rating that each sentence sounds like.
   *
   * @param sentences words with blanks between, may be empty
   * @return 0..4 for 1 to 5 stars, (N)
   */
  public int[] classify(List<String> sentences) {
    return known.of(sentences).stream().mapToInt(Known::rating).toArray();
  }

  private List<Known> encode(List<String> sentences) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int[][] ids = sentences.stream().map(this::ids).toArray(int[][]::new);
      EncoderNetwork.Batch batch = EncoderNetwork.Batch.of(manager, ids);
      NDArray vectors = network.vectors(parameters.frozen(), batch, null); // (B, d)
      float[] values = vectors.toFloatArray();
      long[] ratings =
          EncoderNetwork.head(parameters.frozen(), "rating", vectors).argMax(1).toLongArray();
      return IntStream.range(0, ids.length)
          .mapToObj(
              n ->
                  new Known(
                      Arrays.copyOfRange(values, n * width(), (n + 1) * width()), (int) ratings[n]))
          .toList();
    }
  }

  /**
   * The encoder's own vectors of words, as T reads features.
   *
   * @param words each one word, or several with blanks between, whose mean is taken
   * @return (64) each
   */
  public List<float[]> words(List<String> words) {
    float[] table = parameters.frozen().get("word").toFloatArray(); // (V, w)
    int w = EncoderNetwork.WORD;
    List<float[]> vectors = new ArrayList<>();
    for (String word : words) {
      String[] parts = word.split("\\s+");
      float[] vector = new float[w];
      for (String part : parts) {
        int row = vocabulary.number(part);
        for (int n = 0; n < w; n++) {
          vector[n] += table[row * w + n] / parts.length;
        }
      }
      vectors.add(vector);
    }
    return vectors;
  }

  /**
   * Saves the encoder's numbers.
   *
   * @param file where to
   */
  public void save(Path file) {
    parameters.save(file);
  }

  /**
   * Loads what {@link #save} wrote.
   *
   * @param file where from
   * @throws InputException when it is not there, or was saved with other words or settings
   */
  void load(Path file) {
    parameters.load(file);
  }

  @Override
  public void close() {
    manager.close();
  }
}
