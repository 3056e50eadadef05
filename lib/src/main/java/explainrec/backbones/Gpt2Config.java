package explainrec.backbones;

import com.fasterxml.jackson.databind.JsonNode;
import explainrec.data.InputException;
import explainrec.text.ModelConfig;
import java.nio.file.Path;

/**
 * The sizes of a GPT-2, as Hugging Face's {@code config.json} gives them.
 *
 * @param vocabulary V, rows of the embedding; at least the tokenizer's
 * @param positions most tokens of a sequence, what stands before the words included
 * @param width d, of the residual stream
 * @param layers blocks
 * @param heads h of each attention, a divisor of the width
 * @param hidden width of the feed-forward layers
 * @param dropout probability behind the embeddings, in the attention and behind each layer, from 0
 *     to below 1
 * @param epsilon added to the variance in layer norms
 * @param start id before the first word
 * @param end id after the last word
 */
public record Gpt2Config(
    int vocabulary,
    int positions,
    int width,
    int layers,
    int heads,
    int hidden,
    double dropout,
    double epsilon,
    int start,
    int end) {

  private static final int LARGE = 1 << 24;
  private static final String ACTIVATION = "activation_function";

  /**
   * Reads a configuration.
   *
   * @param file Hugging Face's {@code config.json} of a GPT-2
   * @return the sizes
   * @throws InputException when it cannot be read, is of another architecture, or a number is
   *     missing or out of range
   */
  public static Gpt2Config read(Path file) {
    ModelConfig fields = ModelConfig.read(file);
    String type = fields.json().path("model_type").asText("none");
    if (!type.equals("gpt2")) {
      throw new InputException(
          file
              + (": model_type is " + type)
              + ", expected gpt2; other architectures are not supported");
    }
    requirePlain(fields);
    int width = fields.count("n_embd", null, 1, LARGE);
    int heads = fields.count("n_head", null, 1, LARGE);
    if (width % heads != 0) {
      throw fields.wrong("n_head", heads, "a divisor of n_embd, which is " + width);
    }
    int vocabulary = fields.count("vocab_size", null, 2, LARGE);
    double dropout = fields.number("resid_pdrop", 0.1, 0, 0.99);
    for (String other : new String[] {"embd_pdrop", "attn_pdrop"}) {
      if (fields.number(other, 0.1, 0, 0.99) != dropout) {
        throw fields.wrong(other, fields.json().path(other), "the same as resid_pdrop: " + dropout);
      }
    }
    return new Gpt2Config(
        vocabulary,
        fields.count("n_positions", null, 4, LARGE),
        width,
        fields.count("n_layer", null, 1, 1000),
        heads,
        fields.count("n_inner", 4 * width, 1, LARGE),
        dropout,
        fields.number("layer_norm_epsilon", 1e-5, 0, 1),
        fields.count("bos_token_id", vocabulary - 1, 0, vocabulary - 1),
        fields.count("eos_token_id", vocabulary - 1, 0, vocabulary - 1));
  }

  /** Refuses variants that transformers knows and this model does not. */
  private static void requirePlain(ModelConfig fields) {
    String activation = fields.json().path(ACTIVATION).asText("gelu_new");
    if (!activation.equals("gelu_new") && !activation.equals("gelu_pytorch_tanh")) {
      throw fields.wrong(ACTIVATION, activation, "gelu_new");
    }
    requireFlag(fields, "scale_attn_weights", true);
    requireFlag(fields, "scale_attn_by_inverse_layer_idx", false);
    requireFlag(fields, "add_cross_attention", false);
    requireFlag(fields, "tie_word_embeddings", true);
  }

  private static void requireFlag(ModelConfig fields, String key, boolean wanted) {
    JsonNode found = fields.json().path(key);
    if (found.asBoolean(wanted) != wanted) {
      throw fields.wrong(key, found, wanted + ", as GPT-2 has it");
    }
  }
}
