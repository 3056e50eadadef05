package explainrec.text;

import explainrec.data.InputException;
import java.nio.file.Path;

/**
 * The sizes of a BERT or RoBERTa, as Hugging Face's {@code config.json} gives them.
 *
 * @param roberta whether it is a RoBERTa: positions count from the pad id + 1, and a text's first
 *     word is read like those after a space
 * @param vocabulary V
 * @param width d
 * @param hidden width of the feed-forward layers
 * @param layers number of blocks
 * @param heads h, a divisor of d
 * @param positions rows of the position embedding
 * @param types rows of the token type embedding
 * @param epsilon added to variances
 * @param pad id that fills short rows
 */
record BertConfig(
    boolean roberta,
    int vocabulary,
    int width,
    int hidden,
    int layers,
    int heads,
    int positions,
    int types,
    double epsilon,
    int pad) {

  private static final int LARGE = 1 << 24;

  /**
   * Reads a configuration.
   *
   * @param file {@code config.json}
   * @return the sizes
   * @throws InputException when it cannot be read, is of another architecture, or a number is
   *     missing or out of range
   */
  static BertConfig read(Path file) {
    return of(ModelConfig.read(file));
  }

  /** The longest text that has positions for all its tokens. */
  int longest() {
    return roberta ? positions - pad - 1 : positions;
  }

  /**
   * The layer that BERTScore's authors found best for models of this size (their table goes by
   * name); the last one for other sizes.
   */
  int usualLayer() {
    return switch (layers) {
      case 12 -> roberta ? 10 : 9;
      case 24 -> roberta ? 17 : 18;
      default -> layers;
    };
  }

  private static BertConfig of(ModelConfig fields) {
    boolean roberta = word(fields, "model_type", "", "bert", "roberta").equals("roberta");
    word(fields, "hidden_act", "gelu", "gelu");
    word(fields, "position_embedding_type", "absolute", "absolute");
    int vocabulary = fields.count("vocab_size", null, 3, LARGE);
    int width = fields.count("hidden_size", null, 1, LARGE);
    int heads = fields.count("num_attention_heads", null, 1, width);
    if (width % heads != 0) {
      throw fields.wrong("num_attention_heads", heads, "a divisor of hidden_size, " + width);
    }
    int pad = fields.count("pad_token_id", roberta ? 1 : 0, 0, vocabulary - 1);
    return new BertConfig(
        roberta,
        vocabulary,
        width,
        fields.count("intermediate_size", null, 1, LARGE),
        fields.count("num_hidden_layers", null, 1, 1000),
        heads,
        fields.count("max_position_embeddings", null, roberta ? pad + 3 : 2, LARGE),
        fields.count("type_vocab_size", 2, 1, LARGE),
        fields.number("layer_norm_eps", 1e-12, 0, 1),
        pad);
  }

  private static String word(ModelConfig fields, String key, String otherwise, String... allowed) {
    String found = fields.json().path(key).asText(otherwise);
    for (String word : allowed) {
      if (word.equals(found)) {
        return found;
      }
    }
    throw fields.wrong(key, found, String.join(" or ", allowed));
  }
}
