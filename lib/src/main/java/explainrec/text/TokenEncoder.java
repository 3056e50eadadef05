package explainrec.text;

import ai.djl.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A language model that gives every token of a text a vector which depends on the words around it.
 *
 * <p>An encoder holds native memory: close it after use.
 */
public interface TokenEncoder extends AutoCloseable {

  /**
   * Loads a model that was fetched, or else {@link MiniLm}.
   *
   * @param folder of a BERT or RoBERTa, for instance {@code data/roberta-large}, whose numbers
   *     papers print; need not be there
   * @param device where such a model runs
   * @return the encoder, to be closed
   */
  static TokenEncoder open(Path folder, Device device) {
    return Files.isDirectory(folder) ? BertEncoder.open(folder, device) : MiniLm.open();
  }

  /**
   * Names the model and the layer the vectors come from.
   *
   * @return for instance {@code roberta-large, layer 17}
   */
  String name();

  /**
   * Tells models of one name apart.
   *
   * @return the first 12 hexadecimal digits of the weights' SHA-256 sum
   */
  String hash();

  /**
   * The size of a token's vector.
   *
   * @return d
   */
  int width();

  /**
   * The longest text the model reads; longer ones are cut.
   *
   * @return number of tokens, the two that mark beginning and end among them
   */
  int longest();

  /**
   * Encodes texts, short ones with short ones, so that little is spent on padding.
   *
   * @param texts any texts
   * @param most tokens kept of a text, from 2 to {@link #longest()}
   * @return the vectors of each text's tokens, in the order of the texts
   */
  List<TokenVectors> encode(List<String> texts, int most);

  /**
   * Encodes texts, cut at what the model can read.
   *
   * @param texts any texts
   * @return the vectors of each text's tokens, in the order of the texts
   */
  default List<TokenVectors> encode(List<String> texts) {
    return encode(texts, longest());
  }

  /** Frees the model's memory. */
  @Override
  void close();
}
