package explainrec.t5;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Words to ids and back, by a {@code tokenizer.json} of Hugging Face's format. */
public final class T5Tokenizer implements AutoCloseable {
  private final Path file;
  private final HuggingFaceTokenizer tokenizer;

  private T5Tokenizer(Path file, HuggingFaceTokenizer tokenizer) {
    this.file = file;
    this.tokenizer = tokenizer;
  }

  /**
   * Opens a tokenizer.
   *
   * @param file {@code tokenizer.json}
   * @return the tokenizer, to be closed
   * @throws InputException when it cannot be read
   */
  public static T5Tokenizer open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + ": no such file; check the path");
    }
    try {
      // Without these two, texts of more than 512 tokens would be cut without a word.
      Map<String, String> whole = Map.of("truncation", "false", "padding", "false");
      return new T5Tokenizer(file, HuggingFaceTokenizer.newInstance(file, whole));
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          file + ": not a tokenizer.json of Hugging Face's format; fetch or copy it again", e);
    }
  }

  /**
   * Requires that every id of this tokenizer has a row in a model's embedding.
   *
   * @param config of the model
   * @throws InputException when the tokenizer has more ids
   */
  public void requireFits(T5Config config) {
    requireFits(config.vocabulary());
  }

  /**
   * Requires that every id of this tokenizer has a row in an embedding.
   *
   * @param vocabulary rows of the embedding
   * @throws InputException when the tokenizer has more ids
   */
  public void requireFits(int vocabulary) {
    int largest = size() - 1;
    if (largest >= vocabulary) {
      throw new InputException(
          file
              + (": has ids up to " + largest + ", but the model embeds only ")
              + (vocabulary + " words; use the tokenizer that came with the model"));
    }
  }

  /**
   * Counts ids.
   *
   * @return one more than the largest
   */
  public int size() {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
    int words = json.path("model").path("vocab").size();
    for (JsonNode added : json.path("added_tokens")) {
      words = Math.max(words, added.path("id").asInt() + 1);
    }
    return words;
  }

  /**
   * Encodes a text, however long.
   *
   * @param text any text
   * @return its ids, the end id last
   */
  public int[] encode(String text) {
    return ids(tokenizer.encode(text));
  }

  /**
   * Encodes a text and cuts it.
   *
   * @param text any text
   * @param most ids kept, at least 1, the end id among them
   * @return its first ids, the end id last
   */
  public int[] encode(String text, int most) {
    return cut(encode(text), most);
  }

  /**
   * The first ids of a long text, its end id still last.
   *
   * @param ids of a text, at least one; left as they are
   * @param most ids kept, at least 1
   * @return the ids themselves when there are no more
   */
  public static int[] cut(int[] ids, int most) {
    if (ids.length <= most) {
      return ids;
    }
    int[] cut = Arrays.copyOf(ids, most);
    cut[most - 1] = ids[ids.length - 1];
    return cut;
  }

  /**
   * Encodes many texts, on all cores.
   *
   * @param texts any texts
   * @return ids of each, the end id last
   */
  public List<int[]> encode(List<String> texts) {
    return Arrays.stream(tokenizer.batchEncode(texts)).map(T5Tokenizer::ids).toList();
  }

  /**
   * Puts a text together.
   *
   * @param ids of its words; pad, end and start ids are left out
   * @return the text
   */
  public String decode(int[] ids) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true);
  }

  private static int[] ids(Encoding encoding) {
    return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
