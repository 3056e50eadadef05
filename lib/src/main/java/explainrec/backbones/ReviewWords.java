package explainrec.backbones;

import explainrec.data.Interactions;
import explainrec.data.Split;
import explainrec.text.StopWords;
import explainrec.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * The words of a split's train reviews, by number. Validation and test reviews are never read.
 *
 * <p>Words are letters and digits, with apostrophes inside, in lower case; those that the
 * vocabulary does not have are left out.
 */
final class ReviewWords {
  private final Split split;
  private final boolean content;
  private final Vocabulary vocabulary;

  /**
   * Counts the words of the train reviews.
   *
   * @param split whose train rows are read
   * @param most words at most, the most frequent ones
   * @param content whether to leave out words of grammar and single letters
   */
  ReviewWords(Split split, int most, boolean content) {
    this.split = split;
    this.content = content;
    this.vocabulary =
        new Vocabulary(
            () ->
                Arrays.stream(split.train())
                    .mapToObj(row -> words(split.data().text(row)).toList())
                    .iterator(),
            most);
  }

  /** Numbers of words, the vocabulary's marks included. */
  int size() {
    return vocabulary.size();
  }

  /** The word of a number. */
  String word(int number) {
    return vocabulary.word(number);
  }

  private Stream<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+"))
        .filter(word -> content ? word.length() > 1 && !StopWords.has(word) : !word.isEmpty());
  }

  private int[] numbers(String text) {
    return words(text)
        .mapToInt(vocabulary::number)
        .filter(number -> number != Vocabulary.UNKNOWN)
        .toArray();
  }

  /**
   * The documents of users or items: all words of their train reviews in the order of the rows, cut
   * at a length.
   *
   * @param entity the user or item of a row
   * @param count how many users or items there are
   * @param longest words of a document at most
   * @return word numbers of each document; empty for who has no train review
   */
  int[][] documents(IntUnaryOperator entity, int count, int longest) {
    int[][] documents = new int[count][0];
    for (int row : split.train()) {
      int e = entity.applyAsInt(row);
      int[] before = documents[e];
      if (before.length < longest) {
        int[] more = numbers(split.data().text(row));
        int length = Math.min(longest, before.length + more.length);
        documents[e] = Arrays.copyOf(before, length);
        System.arraycopy(more, 0, documents[e], before.length, length - before.length);
      }
    }
    return documents;
  }

  /**
   * The sentences of all train reviews that have a known word.
   *
   * @return with their users and items
   */
  Sentences sentences() {
    Interactions data = split.data();
    List<int[]> words = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    for (int row : split.train()) {
      for (String sentence : data.text(row).split("[.!?\\n]+")) {
        int[] numbers = numbers(sentence);
        if (numbers.length > 0) {
          words.add(numbers);
          rows.add(row);
        }
      }
    }
    return new Sentences(
        size(),
        data.users().size(),
        data.items().size(),
        words.toArray(int[][]::new),
        rows.stream().mapToInt(data::user).toArray(),
        rows.stream().mapToInt(data::item).toArray());
  }

  /**
   * Sentences of reviews.
   *
   * @param vocabulary word numbers there are, V
   * @param users number of users, U
   * @param items number of items, I
   * @param words word numbers of each sentence, (S)
   * @param user who wrote it, (S)
   * @param item what it is about, (S)
   */
  record Sentences(int vocabulary, int users, int items, int[][] words, int[] user, int[] item) {}
}
