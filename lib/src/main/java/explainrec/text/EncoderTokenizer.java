package explainrec.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The tokenizer of an encoder: a mark, the text's tokens, another mark. */
final class EncoderTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final boolean spaceFirst;
  private final int[] marks;
  private final int size;

  /**
   * Reads a tokenizer.
   *
   * @param json a {@code tokenizer.json} of Hugging Face's format
   * @param spaceFirst whether a text's first word is to be read like those after a space, which
   *     only tokenizers that keep spaces need
   * @throws IOException when it cannot be read
   */
  EncoderTokenizer(byte[] json, boolean spaceFirst) throws IOException {
    this.spaceFirst = spaceFirst;
    size = size(new ObjectMapper().readTree(json));
    // The file's own settings may cut and pad all texts to one length.
    Map<String, String> whole = Map.of("truncation", "false", "padding", "false");
    tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), whole);
    marks = ids(tokenizer.encode(""));
    if (marks.length != 2) {
      tokenizer.close();
      throw new IOException("it does not put a mark before and after a text");
    }
  }

  /**
   * Encodes texts.
   *
   * @param texts any texts
   * @param most tokens kept of each, at least 2
   * @return ids of each, between marks
   */
  List<int[]> encode(List<String> texts, int most) {
    List<String> inputs =
        spaceFirst ? texts.stream().map(EncoderTokenizer::withSpace).toList() : texts;
    return Arrays.stream(tokenizer.batchEncode(inputs)).map(e -> cut(ids(e), most)).toList();
  }

  private static String withSpace(String text) {
    return text.isEmpty() || Character.isWhitespace(text.charAt(0)) ? text : " " + text;
  }

  private static int[] cut(int[] ids, int most) {
    if (ids.length <= most) {
      return ids;
    }
    int[] cut = Arrays.copyOf(ids, most);
    cut[most - 1] = ids[ids.length - 1];
    return cut;
  }

  private static int size(JsonNode json) {
    int words = json.path("model").path("vocab").size();
    for (JsonNode added : json.path("added_tokens")) {
      words = Math.max(words, added.path("id").asInt() + 1);
    }
    return words;
  }

  /** One more than the largest id. */
  int size() {
    return size;
  }

  /** Whether an id marks beginning or end, wherever in a text it is. */
  boolean isMark(int id) {
    return id == marks[0] || id == marks[1];
  }

  private static int[] ids(Encoding encoding) {
    return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
