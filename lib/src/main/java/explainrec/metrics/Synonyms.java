package explainrec.metrics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * Synonyms of single words in WordNet 3.0, as nltk finds them.
 *
 * <p>A word is looked up as it is and in its base forms, by lists of irregular forms or else by
 * taking off endings, in all parts of speech. Its synonyms are all single words of the synsets
 * found, in WordNet's case.
 */
final class Synonyms {
  // Ending and what takes its place; nltk's list, which WordNet's own differs from.
  private static final Map<POS, String[][]> ENDINGS =
      Map.of(
          POS.NOUN,
          new String[][] {
            {"s", ""},
            {"ses", "s"},
            {"ves", "f"},
            {"xes", "x"},
            {"zes", "z"},
            {"ches", "ch"},
            {"shes", "sh"},
            {"men", "man"},
            {"ies", "y"}
          },
          POS.VERB,
          new String[][] {
            {"s", ""},
            {"ies", "y"},
            {"es", "e"},
            {"es", ""},
            {"ed", "e"},
            {"ed", ""},
            {"ing", "e"},
            {"ing", ""}
          },
          POS.ADJECTIVE,
          new String[][] {{"er", ""}, {"est", ""}, {"er", "e"}, {"est", "e"}},
          POS.ADVERB,
          new String[][] {});

  private static final Map<String, Set<String>> KNOWN = new ConcurrentHashMap<>();

  private Synonyms() {}

  /** Opened when the first word is looked up: reading WordNet takes a moment. */
  private static final class Holder {
    static final Dictionary WORDNET = open();
    static final Map<POS, Map<String, List<String>>> IRREGULAR = irregular();

    private static Dictionary open() {
      try {
        return Dictionary.getDefaultResourceInstance();
      } catch (JWNLException e) {
        throw new IllegalStateException("WordNet 3.0 is not on the class path", e);
      }
    }

    /** A few irregular forms have two lines in WordNet's lists; the last one counts, as in nltk. */
    private static Map<POS, Map<String, List<String>>> irregular() {
      Map<POS, Map<String, List<String>>> forms = new EnumMap<>(POS.class);
      try {
        for (POS pos : POS.getAllPOS()) {
          Map<String, List<String>> ofPos = new HashMap<>();
          WORDNET
              .getExceptionIterator(pos)
              .forEachRemaining(
                  exc -> {
                    List<String> base =
                        exc.getExceptions().stream().map(Holder::underscored).toList();
                    ofPos.put(underscored(exc.getLemma()), base);
                  });
          forms.put(pos, ofPos);
        }
      } catch (JWNLException e) {
        throw new IllegalStateException("WordNet 3.0 cannot be read", e);
      }
      return forms;
    }

    /** WordNet's files write a space as an underscore; the library turns it back. */
    private static String underscored(String name) {
      return name.replace(' ', '_');
    }
  }

  /**
   * Synonyms of a word.
   *
   * @param word one word in lower case
   * @return the single words of its synsets, not to be changed; empty when WordNet does not know
   *     the word
   */
  static Set<String> of(String word) {
    Set<String> known = KNOWN.get(word);
    return known != null ? known : KNOWN.computeIfAbsent(word, Synonyms::lookUp);
  }

  private static Set<String> lookUp(String word) {
    Set<String> names = new HashSet<>();
    try {
      synchronized (Holder.WORDNET) {
        for (POS pos : POS.getAllPOS()) {
          for (String form : forms(word, pos)) {
            addSynonyms(form, pos, names);
          }
        }
      }
    } catch (JWNLException e) {
      throw new IllegalStateException("WordNet 3.0 cannot be read", e);
    }
    return names;
  }

  private static List<String> forms(String word, POS pos) {
    List<String> forms = new ArrayList<>(List.of(word));
    List<String> irregular = Holder.IRREGULAR.get(pos).get(word);
    if (irregular != null) {
      forms.addAll(irregular);
      return forms;
    }
    for (String[] ending : ENDINGS.get(pos)) {
      if (word.endsWith(ending[0])) {
        forms.add(word.substring(0, word.length() - ending[0].length()) + ending[1]);
      }
    }
    return forms;
  }

  private static void addSynonyms(String form, POS pos, Set<String> names) throws JWNLException {
    IndexWord entry = form.isEmpty() ? null : Holder.WORDNET.getIndexWord(pos, form);
    if (entry == null) {
      return;
    }
    for (Synset synset : entry.getSenses()) {
      for (Word synonym : synset.getWords()) {
        String name = synonym.getLemma();
        if (name.indexOf(' ') < 0 && name.indexOf('_') < 0) {
          names.add(name);
        }
      }
    }
  }
}
