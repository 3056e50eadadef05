package explainrec.mmi;

import ai.djl.Device;
import explainrec.data.InputException;
import explainrec.nn.TrainingListener;
import explainrec.text.BertEncoder;
import explainrec.text.MiniLm;
import explainrec.text.SentenceEncoder;
import explainrec.text.SentenceVectors;
import explainrec.text.TokenEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sentence encoder that the setting {@code sentenceEncoder} names, and its vectors of feature
 * words: one that is trained on given rows, MiniLM, or a BERT from a folder.
 */
final class Encoders implements AutoCloseable {
  /** The setting's word for the encoder that is trained. */
  static final String TRAINED = "trained";

  private static final String MINILM = "minilm";

  private final TrainedEncoder trained; // null unless it is the choice
  private final TokenEncoder tokens; // null when an encoder is trained
  private final SentenceEncoder sentences;

  private Encoders(TrainedEncoder trained, TokenEncoder tokens) {
    this.trained = trained;
    this.tokens = tokens;
    this.sentences = trained != null ? trained : new Unit(tokens);
  }

  /**
   * Opens the encoder, training it first where that is the choice.
   *
   * @param sentences to train on
   * @param settings which encoder, and how it is trained
   * @param features number of features that a trained one learns, too; 0 for none
   * @param device where it computes
   * @param seed of its training
   * @param listeners hear of its training
   * @return the encoder, to be closed
   * @throws InputException when there is no such folder, or the sentences have one rating only
   */
  static Encoders open(
      RealSentences sentences,
      MineSettings settings,
      int features,
      Device device,
      long seed,
      List<? extends TrainingListener> listeners) {
    return settings.sentenceEncoder().equals(TRAINED)
        ? new Encoders(
            TrainedEncoder.train(sentences, settings, features, device, seed, listeners), null)
        : new Encoders(null, tokens(settings, device));
  }

  /**
   * Opens the encoder with what an earlier training left.
   *
   * @param file of a trained encoder's numbers, see {@link TrainedEncoder#save}; not read otherwise
   */
  static Encoders load(
      RealSentences sentences, MineSettings settings, int features, Device device, Path file) {
    if (!settings.sentenceEncoder().equals(TRAINED)) {
      return new Encoders(null, tokens(settings, device));
    }
    TrainedEncoder encoder = TrainedEncoder.make(sentences, settings, features, device, 0);
    try {
      encoder.load(file);
      return new Encoders(encoder, null);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private static TokenEncoder tokens(MineSettings settings, Device device) {
    if (settings.sentenceEncoder().equals(MINILM)) {
      return MiniLm.open();
    }
    Path folder = Path.of(settings.sentenceEncoder());
    if (!Files.isDirectory(folder)) {
      throw InputException.setting(
          "sentenceEncoder",
          settings.sentenceEncoder(),
          "trained | minilm | a folder with config.json, tokenizer.json and model.safetensors of a"
              + " BERT or RoBERTa");
    }
    return BertEncoder.open(folder, device);
  }

  /** The encoder of sentences. */
  public SentenceEncoder sentences() {
    return sentences;
  }

  /** The encoder that was trained; null when another is used. */
  TrainedEncoder trained() {
    return trained;
  }

  /**
   * Vectors of words, as T reads features.
   *
   * @param words one or several with blanks between, each
   * @return one width for all
   */
  public List<float[]> words(List<String> words) {
    return trained != null ? trained.words(words) : sentences.of(words);
  }

  @Override
  public void close() {
    try {
      if (trained != null) {
        trained.close();
      }
      if (tokens != null) {
        tokens.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("closing the sentence encoder: " + e.getMessage(), e);
    }
  }

  /**
   * Sentence vectors of length 1, stretched so that their values are of size 1: T starts from small
   * weights, and would take long to hear small vectors.
   */
  private static final class Unit implements SentenceEncoder {
    private static final int MOST_TOKENS = 128;

    private final TokenEncoder encoder;
    private final SentenceVectors vectors;

    Unit(TokenEncoder encoder) {
      this.encoder = encoder;
      this.vectors = new SentenceVectors(encoder, MOST_TOKENS);
    }

    @Override
    public int width() {
      return encoder.width();
    }

    @Override
    public String label() {
      return vectors.label();
    }

    @Override
    public List<float[]> of(List<String> sentences) {
      float scale = (float) Math.sqrt(width());
      return vectors.of(sentences).stream().map(vector -> stretch(vector, scale)).toList();
    }

    @Override
    public void forget() {
      vectors.forget();
    }

    private static float[] stretch(float[] vector, float scale) {
      float[] stretched = vector.clone();
      for (int n = 0; n < stretched.length; n++) {
        stretched[n] *= scale;
      }
      return stretched;
    }
  }
}
