package explainrec.metrics;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Porter's stemmer of English words with the changes that nltk makes by default (its mode {@code
 * NLTK_EXTENSIONS}).
 *
 * <p>M. Porter: An algorithm for suffix stripping, 1980. A stem's measure m is the number of times
 * a vowel is followed by a consonant in it; y is a vowel after a consonant.
 */
public final class PorterStemmer {
  private static final Map<String, String> IRREGULAR = new HashMap<>();
  private static final Map<String, String> SEEN = new ConcurrentHashMap<>(); // texts repeat words
  private static final int MOST_SEEN = 100_000;

  static {
    for (String forms :
        new String[] {
          "sky sky skies",
          "die dying",
          "lie lying",
          "tie tying",
          "news news",
          "inning innings inning",
          "outing outings outing",
          "canning cannings canning",
          "howe howe",
          "proceed proceed",
          "exceed exceed",
          "succeed succeed"
        }) {
      String[] words = forms.split(" ");
      for (int i = 1; i < words.length; i++) {
        IRREGULAR.put(words[i], words[0]);
      }
    }
  }

  // Suffix and what takes its place; the first suffix that fits decides, whether it is replaced or
  // its condition on the stem fails.
  private static final String[][] STEP_1A = {{"sses", "ss"}, {"ies", "i"}, {"ss", "ss"}, {"s", ""}};
  private static final String[][] STEP_2 = {
    {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"},
    {"bli", "ble"}, {"alli", "al"}, {"entli", "ent"}, {"eli", "e"}, {"ousli", "ous"},
    {"ization", "ize"}, {"ation", "ate"}, {"ator", "ate"}, {"alism", "al"}, {"iveness", "ive"},
    {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"}, {"iviti", "ive"}, {"biliti", "ble"},
    {"fulli", "ful"}, {"logi", "log"}
  };
  private static final String[][] STEP_3 = {
    {"icate", "ic"},
    {"ative", ""},
    {"alize", "al"},
    {"iciti", "ic"},
    {"ical", "ic"},
    {"ful", ""},
    {"ness", ""}
  };
  private static final String[] STEP_4 = {
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize"
  };

  private PorterStemmer() {}

  /**
   * Stems a word.
   *
   * @param word one word in any case
   * @return its stem in lower case; often no word itself
   */
  public static String stem(String word) {
    String known = IRREGULAR.getOrDefault(word, SEEN.get(word));
    if (known != null) {
      return known;
    }
    String stem = bySuffixes(word);
    if (SEEN.size() < MOST_SEEN) {
      SEEN.put(word, stem);
    }
    return stem;
  }

  private static String bySuffixes(String word) {
    String stem = word.toLowerCase(Locale.ROOT);
    if (word.codePointCount(0, word.length()) <= 2) {
      return stem;
    }
    stem = step1c(step1b(step1a(stem)));
    stem = step4(step3(step2(stem)));
    return step5b(step5a(stem));
  }

  private static String step1a(String word) {
    if (word.endsWith("ies") && length(word) == 4) {
      return cut(word, 1);
    }
    for (String[] rule : STEP_1A) {
      if (word.endsWith(rule[0])) {
        return cut(word, rule[0].length()) + rule[1];
      }
    }
    return word;
  }

  private static String step1b(String word) {
    if (word.endsWith("ied")) {
      return length(word) == 4 ? cut(word, 1) : cut(word, 2);
    }
    if (word.endsWith("eed")) {
      return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
    }
    for (String suffix : new String[] {"ed", "ing"}) {
      if (word.endsWith(suffix) && hasVowel(cut(word, suffix.length()))) {
        return repaired(cut(word, suffix.length()));
      }
    }
    return word;
  }

  /** What is left after -ed or -ing, with an e put back or a doubled consonant undone. */
  private static String repaired(String stem) {
    if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
      return stem + "e";
    }
    int size = stem.length();
    if (size >= 2
        && stem.charAt(size - 1) == stem.charAt(size - 2)
        && isConsonant(stem, size - 1)) {
      return "lsz".indexOf(stem.charAt(size - 1)) < 0 ? cut(stem, 1) : stem;
    }
    return measure(stem) == 1 && endsShort(stem) ? stem + "e" : stem;
  }

  private static String step1c(String word) {
    if (!word.endsWith("y")) {
      return word;
    }
    String stem = cut(word, 1);
    boolean changes = length(stem) > 1 && isConsonant(stem, stem.length() - 1);
    return changes ? stem + "i" : word;
  }

  private static String step2(String word) {
    if (word.endsWith("alli") && measure(cut(word, 4)) > 0) {
      return step2(cut(word, 2));
    }
    for (String[] rule : STEP_2) {
      if (word.endsWith(rule[0])) {
        // The l of -logi counts as the stem's.
        int condition = rule[0].equals("logi") ? 3 : rule[0].length();
        return measure(cut(word, condition)) > 0 ? cut(word, rule[0].length()) + rule[1] : word;
      }
    }
    return word;
  }

  private static String step3(String word) {
    for (String[] rule : STEP_3) {
      if (word.endsWith(rule[0])) {
        String stem = cut(word, rule[0].length());
        return measure(stem) > 0 ? stem + rule[1] : word;
      }
    }
    return word;
  }

  private static String step4(String word) {
    for (String suffix : STEP_4) {
      if (word.endsWith(suffix)) {
        String stem = cut(word, suffix.length());
        boolean fits = !suffix.equals("ion") || stem.endsWith("s") || stem.endsWith("t");
        return measure(stem) > 1 && fits ? stem : word;
      }
    }
    return word;
  }

  private static String step5a(String word) {
    if (!word.endsWith("e")) {
      return word;
    }
    String stem = cut(word, 1);
    int measure = measure(stem);
    return measure > 1 || measure == 1 && !endsShort(stem) ? stem : word;
  }

  private static String step5b(String word) {
    return word.endsWith("ll") && measure(cut(word, 1)) > 1 ? cut(word, 1) : word;
  }

  private static String cut(String word, int end) {
    return word.substring(0, word.length() - end);
  }

  private static int length(String word) {
    return word.codePointCount(0, word.length());
  }

  private static boolean isConsonant(String word, int i) {
    char c = word.charAt(i);
    if (c == 'y') {
      return i == 0 || !isConsonant(word, i - 1);
    }
    return "aeiou".indexOf(c) < 0;
  }

  private static int measure(String stem) {
    int measure = 0;
    boolean vowelBefore = false;
    boolean consonant = false;
    for (int i = 0; i < stem.length(); i++) {
      char c = stem.charAt(i);
      consonant = c == 'y' ? i == 0 || !consonant : "aeiou".indexOf(c) < 0;
      measure += consonant && vowelBefore ? 1 : 0;
      vowelBefore = !consonant;
    }
    return measure;
  }

  private static boolean hasVowel(String stem) {
    for (int i = 0; i < stem.length(); i++) {
      if (!isConsonant(stem, i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Consonant, vowel, consonant at the end, the last none of w, x, y; or all of vowel, consonant.
   */
  private static boolean endsShort(String word) {
    int size = word.length();
    if (size == 2) {
      return !isConsonant(word, 0) && isConsonant(word, 1);
    }
    return size >= 3
        && isConsonant(word, size - 3)
        && !isConsonant(word, size - 2)
        && isConsonant(word, size - 1)
        && "wxy".indexOf(word.charAt(size - 1)) < 0;
  }
}
