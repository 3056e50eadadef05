package explainrec.text;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import explainrec.data.AtomicFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * A vocabulary of pieces of words, laid out as T5's: {@code <pad>} 0, {@code </s>} 1, {@code <unk>}
 * 2, the characters, the merged pieces, and at the very end the sentinels {@code <extra_id_N>},
 * number 0 the last. A piece that begins a word starts with {@value #WORD}.
 *
 * @param all every piece, by id
 * @param merges the two halves of every merge, in the order they are tried
 * @param sentinels how many of the last ids are sentinels
 */
public record Pieces(List<String> all, List<Merge> merges, int sentinels) {
  /** The mark before each word. */
  public static final String WORD = "\u2581";

  /** Id that fills short rows. */
  public static final int PAD = 0;

  /** Id after the last word. */
  public static final int END = 1;

  /** Id of characters that were never seen. */
  public static final int UNKNOWN = 2;

  static final List<String> SPECIAL = List.of("<pad>", "</s>", "<unk>");
  private static final String SEQUENCE = "Sequence";

  /** Keeps copies. */
  public Pieces {
    all = List.copyOf(all);
    merges = List.copyOf(merges);
  }

  /**
   * Two pieces that become one.
   *
   * @param left the first half
   * @param right the second half
   */
  public record Merge(String left, String right) {}

  /**
   * Counts pieces.
   *
   * @return one more than the largest id
   */
  public int size() {
    return all.size();
  }

  /**
   * The id that stands for a masked span.
   *
   * @param number of the span in its text, from 0 to {@link #sentinels()} - 1
   * @return its id
   */
  public int sentinel(int number) {
    if (number < 0 || number >= sentinels) {
      throw new IllegalArgumentException("sentinel " + number + " of " + sentinels);
    }
    return size() - 1 - number;
  }

  /**
   * Whether a word begins here.
   *
   * @param id of a piece
   * @return true for pieces with the mark
   */
  public boolean startsWord(int id) {
    return all.get(id).startsWith(WORD);
  }

  /**
   * Saves a {@code tokenizer.json} of Hugging Face's format: byte pair encoding, words split at
   * white space, the end id after every text.
   *
   * @param file where to, whole or not at all
   */
  public void save(Path file) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = json.putArray("added_tokens");
    for (int id = 0; id < SPECIAL.size(); id++) {
      special(added, id);
    }
    for (int id = size() - sentinels; id < size(); id++) {
      special(added, id);
    }
    json.putNull("normalizer");
    ObjectNode words = json.putObject("pre_tokenizer").put("type", SEQUENCE);
    ArrayNode steps = words.putArray("pretokenizers");
    steps.addObject().put("type", "WhitespaceSplit");
    metaspace(steps.addObject());
    endAfterText(json.putObject("post_processor"));
    metaspace(json.putObject("decoder"));
    model(json.putObject("model"));
    DefaultIndenter lines = new DefaultIndenter("  ", "\n"); // the same bytes on every system
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    AtomicFiles.write(file, out -> mapper.writer(printer).writeValue(out, json));
  }

  private void special(ArrayNode added, int id) {
    added
        .addObject()
        .put("id", id)
        .put("content", all.get(id))
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static void metaspace(ObjectNode node) {
    node.put("type", "Metaspace")
        .put("replacement", WORD)
        .put("prepend_scheme", "always")
        .put("split", true);
  }

  private void endAfterText(ObjectNode node) {
    String end = all.get(END);
    node.put("type", "TemplateProcessing");
    ArrayNode single = node.putArray("single");
    text(single, "A", 0);
    special(single, end, 0);
    ArrayNode pair = node.putArray("pair");
    text(pair, "A", 0);
    special(pair, end, 0);
    text(pair, "B", 1);
    special(pair, end, 1);
    ObjectNode token = node.putObject("special_tokens").putObject(end).put("id", end);
    token.putArray("ids").add(END);
    token.putArray("tokens").add(end);
  }

  private static void text(ArrayNode template, String name, int type) {
    template.addObject().putObject(SEQUENCE).put("id", name).put("type_id", type);
  }

  private static void special(ArrayNode template, String token, int type) {
    template.addObject().putObject("SpecialToken").put("id", token).put("type_id", type);
  }

  private void model(ObjectNode model) {
    model
        .put("type", "BPE")
        .putNull("dropout")
        .put("unk_token", all.get(UNKNOWN))
        .putNull("continuing_subword_prefix")
        .putNull("end_of_word_suffix")
        .put("fuse_unk", true)
        .put("byte_fallback", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < size(); id++) {
      vocabulary.put(all.get(id), id);
    }
    ArrayNode pairs = model.putArray("merges");
    merges.forEach(merge -> pairs.add(merge.left() + " " + merge.right()));
  }
}
