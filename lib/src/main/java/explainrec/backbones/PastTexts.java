package explainrec.backbones;

import explainrec.data.Interactions;
import explainrec.text.ExplainedSplit;
import explainrec.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * What users and items have had written before: texts of train rows only, the latest first, and
 * never the text of the row that is to be explained.
 */
final class PastTexts {
  private static final int NONE = -1; // stands for a text when there is none
  private static final int[] NOTHING = {Vocabulary.END};

  private final int most;
  private final int[][] byUser; // train rows, latest first
  private final int[][] byItem;
  private final int[][] texts; // words of each train row's text; null for other rows

  /** Whose past it is. */
  enum Side {
    USER,
    ITEM
  }

  /**
   * Collects the texts.
   *
   * @param data explained
   * @param vocabulary numbers the words
   * @param reviews whether the whole reviews' first words are read, else the explanations
   * @param most texts of a user or item at most
   * @param longest words of a text at most
   */
  PastTexts(ExplainedSplit data, Vocabulary vocabulary, boolean reviews, int most, int longest) {
    this.most = most;
    Interactions rows = data.split().data();
    int[] train = data.split().train();
    this.byUser = latestFirst(rows, train, rows::user, rows.users().size());
    this.byItem = latestFirst(rows, train, rows::item, rows.items().size());
    this.texts = new int[rows.size()][];
    for (int row : train) {
      List<String> words =
          reviews ? words(data.reviews().text(row)) : data.explanations().get(row).words();
      texts[row] =
          words.isEmpty()
              ? NOTHING
              : words.stream().limit(longest).mapToInt(vocabulary::number).toArray();
    }
  }

  /** Letters and digits, with apostrophes inside, in lower case. */
  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static int[][] latestFirst(
      Interactions data, int[] train, IntUnaryOperator entity, int count) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      rows.add(new ArrayList<>());
    }
    for (int row : train) {
      rows.get(entity.applyAsInt(row)).add(row);
    }
    Comparator<Integer> latest = Comparator.comparing((Integer row) -> row).reversed();
    if (data.dated()) {
      latest = Comparator.comparing((Integer row) -> -data.time(row)).thenComparing(latest);
    }
    for (List<Integer> of : rows) {
      of.sort(latest);
    }
    return rows.stream()
        .map(of -> of.stream().mapToInt(row -> row).toArray())
        .toArray(int[][]::new);
  }

  /**
   * The rows whose texts are read for a request.
   *
   * @param side whose past
   * @param entity the user or item
   * @param own row of the request itself, left out; -1 for none
   * @return at most as many as are wanted, latest first
   */
  int[] rows(Side side, int entity, int own) {
    int[] all = (side == Side.USER ? byUser : byItem)[entity];
    return Arrays.stream(all).filter(row -> row != own).limit(most).toArray();
  }

  /**
   * The texts that a batch of requests reads, each once.
   *
   * @param side whose past
   * @param requests D of them
   * @return the texts and who reads which
   */
  Batch of(Side side, Requests requests) {
    Map<Integer, Integer> numbers = new LinkedHashMap<>(); // row to number of its text
    int[][] read = new int[requests.size()][];
    for (int n = 0; n < read.length; n++) {
      int entity = side == Side.USER ? requests.users()[n] : requests.items()[n];
      int[] rows = rows(side, entity, requests.rows()[n]);
      read[n] =
          Arrays.stream(rows.length == 0 ? new int[] {NONE} : rows)
              .map(row -> numbers.computeIfAbsent(row, r -> numbers.size()))
              .toArray();
    }
    int[][] words =
        numbers.keySet().stream()
            .map(row -> row == NONE ? NOTHING : texts[row])
            .toArray(int[][]::new);
    return new Batch(words, read);
  }

  /**
   * Texts of a batch.
   *
   * @param words of each distinct text, at least one, (U)
   * @param read numbers of the texts that each request reads, at least one, (D)
   */
  record Batch(int[][] words, int[][] read) {}
}
