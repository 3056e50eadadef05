package explainrec.t5;

import explainrec.data.InputException;
import explainrec.text.ModelConfig;
import java.nio.file.Path;

/**
 * The sizes of a T5, as Hugging Face's {@code config.json} gives them.
 *
 * @param vocabulary V, rows of the embedding; at least the tokenizer's
 * @param width d, of the residual stream
 * @param headWidth k, of one head's queries, keys and values; need not be d / heads
 * @param hidden width of the feed-forward layers
 * @param encoderLayers blocks of the encoder
 * @param decoderLayers blocks of the decoder
 * @param heads h
 * @param buckets of relative positions
 * @param maxDistance from which on all positions share the last bucket
 * @param dropout probability, from 0 to below 1
 * @param epsilon added to the mean square in RMS norms
 * @param gated whether the feed-forward layers are gated GELUs (v1.1) instead of ReLUs (v1.0)
 * @param tied whether the output shares the embedding (v1.0) instead of having its own (v1.1)
 * @param pad id that fills short rows
 * @param end id after the last word
 * @param start id before the first word the decoder writes
 */
public record T5Config(
    int vocabulary,
    int width,
    int headWidth,
    int hidden,
    int encoderLayers,
    int decoderLayers,
    int heads,
    int buckets,
    int maxDistance,
    double dropout,
    double epsilon,
    boolean gated,
    boolean tied,
    int pad,
    int end,
    int start) {

  private static final int LARGE = 1 << 24;

  /**
   * Reads a configuration.
   *
   * @param file Hugging Face's {@code config.json} of a T5 v1.0 or v1.1
   * @return the sizes
   * @throws InputException when it cannot be read, is of another architecture, or a number is
   *     missing or out of range
   */
  public static T5Config read(Path file) {
    ModelConfig fields = ModelConfig.read(file);
    String type = fields.json().path("model_type").asText("none");
    if (!type.equals("t5")) {
      throw new InputException(
          file
              + ": model_type is "
              + type
              + ", expected t5; other architectures are not supported");
    }
    return of(fields);
  }

  private static T5Config of(ModelConfig fields) {
    int layers = fields.count("num_layers", null, 1, 1000);
    int vocabulary = fields.count("vocab_size", null, 2, LARGE);
    int buckets = fields.count("relative_attention_num_buckets", 32, 4, LARGE);
    return new T5Config(
        vocabulary,
        fields.count("d_model", null, 1, LARGE),
        fields.count("d_kv", null, 1, LARGE),
        fields.count("d_ff", null, 1, LARGE),
        layers,
        fields.count("num_decoder_layers", layers, 1, 1000),
        fields.count("num_heads", null, 1, LARGE),
        buckets,
        fields.count("relative_attention_max_distance", 128, buckets / 2 + 1, LARGE),
        fields.number("dropout_rate", 0.1, 0, 0.99),
        fields.number("layer_norm_epsilon", 1e-6, 0, 1),
        gated(fields),
        fields.json().path("tie_word_embeddings").asBoolean(true),
        fields.count("pad_token_id", 0, 0, vocabulary - 1),
        fields.count("eos_token_id", 1, 0, vocabulary - 1),
        fields.count("decoder_start_token_id", 0, 0, vocabulary - 1));
  }

  private static boolean gated(ModelConfig fields) {
    String kind = fields.json().path("feed_forward_proj").asText("relu");
    return switch (kind) {
      case "relu" -> false;
      case "gated-gelu" -> true;
      default -> throw fields.wrong("feed_forward_proj", kind, "relu (v1.0) or gated-gelu (v1.1)");
    };
  }
}
