package explainrec.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of English words that come with the kit, one word a line, remarks behind a hash sign. */
final class WordList {
  /** Verbs of being and seeming: what stands behind them says how their subject is. */
  static final String BEING = "being-verbs";

  /** Adjectives that say nothing of how a thing is. */
  static final String ADJECTIVES = "plain-adjectives";

  /** Nouns that are no part of a thing that one can rate. */
  static final String NOUNS = "plain-nouns";

  /** Words of grammar. */
  static final String STOP = "stop-words";

  /** Names of all lists that explanations depend on. */
  static final List<String> ALL = List.of(BEING, ADJECTIVES, NOUNS);

  private WordList() {}

  /**
   * Reads a list.
   *
   * @param name of the list
   * @return its words
   */
  static Set<String> of(String name) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                WordList.class.getResourceAsStream(name + ".txt"), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(word -> !word.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
