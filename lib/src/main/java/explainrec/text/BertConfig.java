package explainrec.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /**
   * Reads a configuration.
   *
   * @param file {@code config.json}
   * @return the sizes
   * @throws InputException when it cannot be read, is of another architecture, or a number is
   *     missing or out of range
   */
  static BertConfig read(Path file) {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file; check the path", e);
    } catch (JsonProcessingException e) {
      throw new InputException(file + ": not whole JSON; fetch or copy it again", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
    return new Fields(file, json).config();
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

  /** Reads fields with their allowed ranges. */
  private record Fields(Path file, JsonNode json) {
    private static final int LARGE = 1 << 24;

    BertConfig config() {
      boolean roberta = word("model_type", "", "bert", "roberta").equals("roberta");
      word("hidden_act", "gelu", "gelu");
      word("position_embedding_type", "absolute", "absolute");
      int vocabulary = count("vocab_size", null, 3, LARGE);
      int width = count("hidden_size", null, 1, LARGE);
      int heads = count("num_attention_heads", null, 1, width);
      if (width % heads != 0) {
        throw wrong("num_attention_heads", heads, "a divisor of hidden_size, " + width);
      }
      int pad = count("pad_token_id", roberta ? 1 : 0, 0, vocabulary - 1);
      return new BertConfig(
          roberta,
          vocabulary,
          width,
          count("intermediate_size", null, 1, LARGE),
          count("num_hidden_layers", null, 1, 1000),
          heads,
          count("max_position_embeddings", null, roberta ? pad + 3 : 2, LARGE),
          count("type_vocab_size", 2, 1, LARGE),
          epsilon(),
          pad);
    }

    private String word(String key, String otherwise, String... allowed) {
      String found = json.path(key).asText(otherwise);
      for (String word : allowed) {
        if (word.equals(found)) {
          return found;
        }
      }
      throw wrong(key, found, String.join(" or ", allowed));
    }

    private int count(String key, Integer otherwise, int min, int max) {
      JsonNode node = json.path(key);
      if ((node.isMissingNode() || node.isNull()) && otherwise != null) {
        return otherwise;
      }
      if (!node.isInt() || node.intValue() < min || node.intValue() > max) {
        throw wrong(key, node, "a whole number from " + min + " to " + max);
      }
      return node.intValue();
    }

    private double epsilon() {
      JsonNode node = json.path("layer_norm_eps");
      if (node.isMissingNode()) {
        return 1e-12;
      }
      if (!node.isNumber() || !(node.doubleValue() >= 0 && node.doubleValue() <= 1)) {
        throw wrong("layer_norm_eps", node, "a number from 0 to 1");
      }
      return node.doubleValue();
    }

    private InputException wrong(String key, Object found, String expected) {
      String value = found.toString().isEmpty() ? "missing" : found.toString();
      return new InputException(file + ": " + key + " is " + value + ", expected " + expected);
    }
  }
}
