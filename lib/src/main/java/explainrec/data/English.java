package explainrec.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/**
 * Finds the reviews that are clearly not English, with OpenNLP's language detector, in batches over
 * all cores.
 *
 * <p>A text is foreign when another language wins with a probability of at least {@value #CLEAR}.
 * On texts of a few words the detector spreads its belief over some hundred languages and the
 * winner, at one or two percent, is arbitrary; such texts are kept.
 *
 * <p>The detector takes a third of a millisecond a text, so a text rich in words that English alone
 * uses is taken for English without asking it; on 17,000 real reviews this spared two thirds of the
 * questions and changed no answer.
 */
final class English {
  /** Belief that a foreign language needs; some four times the belief of pure chance. */
  static final double CLEAR = 0.035;

  private static final Set<String> ENGLISH_ONLY =
      Set.of(
          "the", "and", "of", "with", "this", "that", "it", "but", "from", "very", "had", "have",
          "my", "not", "for", "to", "some", "which", "than", "there");
  private static final int DISTINCT = 3; // of these words, for a sure case
  private static final double SHARE = 0.15; // of all words, for a sure case
  private static final int BATCH = 4096;
  private static final int CHARACTERS = 250; // enough to tell a language, and bounds the time

  private final LanguageDetectorME detector;
  private final List<String> texts = new ArrayList<>(BATCH);
  private final BitSet foreign = new BitSet();
  private int judged;

  English() {
    try (InputStream model = English.class.getResourceAsStream("/langdetect-183.bin")) {
      if (model == null) {
        throw new InputException(
            "the language model is not on the class path; build the kit again, or set"
                + " language=any");
      }
      detector = new LanguageDetectorME(new LanguageDetectorModel(model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the raw text of the next row. */
  void add(String text) {
    texts.add(text.length() > CHARACTERS ? text.substring(0, CHARACTERS) : text);
    if (texts.size() == BATCH) {
      judge();
    }
  }

  /** The rows, from 0 in the order of {@link #add}, that are clearly not English. */
  BitSet foreign() {
    judge();
    return foreign;
  }

  private void judge() {
    int from = judged;
    int[] hits =
        IntStream.range(0, texts.size()).parallel().filter(n -> isForeign(texts.get(n))).toArray();
    for (int n : hits) {
      foreign.set(from + n);
    }
    judged += texts.size();
    texts.clear();
  }

  private boolean isForeign(String text) {
    if (text.isBlank() || isSurelyEnglish(text)) {
      return false;
    }
    Language best = detector.predictLanguage(text);
    return best.getConfidence() >= CLEAR && !best.getLang().equals("eng");
  }

  /** Whether words that only English has make up much of a text. */
  static boolean isSurelyEnglish(String text) {
    Set<String> distinct = new HashSet<>();
    int words = 0;
    int hits = 0;
    int start = 0;
    for (int n = 0; n <= text.length(); n++) {
      if (n < text.length() && Character.isLetter(text.charAt(n))) {
        continue;
      }
      if (n > start) {
        words++;
        String word = n - start > 5 ? "" : text.substring(start, n).toLowerCase(Locale.ROOT);
        if (ENGLISH_ONLY.contains(word)) {
          hits++;
          distinct.add(word);
        }
      }
      start = n + 1;
    }
    return distinct.size() >= DISTINCT && hits >= SHARE * words;
  }
}
