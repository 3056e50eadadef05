package explainrec.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a clause speaks of and what it says of it: nouns, and the adjectives tied to them.
 *
 * <p>Two patterns: an adjective before the noun ("a thin white head"), and one behind a verb of
 * being ("the head was thin"). Taggers err on telegraphic texts, so a word's usual part of speech
 * in the train texts has a say, too.
 */
final class Statements {
  private static final Set<String> BEING = WordList.of(WordList.BEING);

  /** Adjectives that say nothing of how a thing is. */
  private static final Set<String> NO_OPINION = WordList.of(WordList.ADJECTIVES);

  private static final Set<String> PLAIN = WordList.of(WordList.NOUNS);
  private static final double SOMETIMES = 0.2; // share of a word's uses as an adjective
  private static final int NEAR = 8; // tokens between a noun and its adjective at most
  private static final int ASIDE = 5; // tokens between two commas that are skipped
  private static final double OF_NOUN = 0.2; // share of the noun's clauses that makes a name
  private static final double OF_ADJECTIVE = 0.3; // share of the adjective's clauses that does

  private final Map<String, int[]> usual = new HashMap<>(); // noun, adjective, all
  private final Set<String> names = new HashSet<>();

  /** A noun and the adjective tied to it. */
  record Tie(int noun, int opinion, boolean being) {}

  /**
   * Counts how words are tagged, and which adjectives are part of a name ("front desk"): those that
   * stand before a noun so often, and before others so rarely, that they do not say how it is.
   *
   * @param clauses of train texts
   */
  Statements(Iterable<Clause> clauses) {
    for (Clause clause : clauses) {
      for (int t = 0; t < clause.tokens().length; t++) {
        int[] counts = usual.computeIfAbsent(clause.tokens()[t], w -> new int[3]);
        String tag = clause.tags()[t];
        counts[0] += tag.equals("NOUN") ? 1 : 0;
        counts[1] += tag.equals("ADJ") ? 1 : 0;
        counts[2]++;
      }
    }
    Map<String, Integer> pairs = new HashMap<>();
    for (Clause clause : clauses) {
      for (int head : heads(clause)) {
        int adjective = before(clause, head);
        if (adjective >= 0) {
          pairs.merge(pair(clause, adjective, head), 1, Integer::sum);
        }
      }
    }
    pairs.forEach(
        (pair, count) -> {
          String[] two = pair.split(" ");
          if (count >= OF_ADJECTIVE * usual.get(two[0])[2]
              && count >= OF_NOUN * usual.get(two[1])[2]) {
            names.add(pair);
          }
        });
  }

  private static String pair(Clause clause, int adjective, int head) {
    return clause.tokens()[adjective] + " " + clause.tokens()[head];
  }

  /** Numbers of the tokens that end a noun or noun compound. */
  List<Integer> heads(Clause clause) {
    List<Integer> heads = new ArrayList<>();
    for (int t = 0; t < clause.tokens().length; t++) {
      if (noun(clause, t) && (t + 1 == clause.tokens().length || !noun(clause, t + 1))) {
        heads.add(t);
      }
    }
    return heads;
  }

  /** The ties of a clause's nouns, those behind a verb of being first. */
  List<Tie> ties(Clause clause) {
    List<Tie> ties = new ArrayList<>();
    List<Integer> heads = heads(clause);
    for (int head : heads) {
      int opinion = behind(clause, head);
      if (opinion >= 0) {
        ties.add(new Tie(head, opinion, true));
      }
    }
    for (int head : heads) {
      int opinion = before(clause, head);
      if (opinion >= 0) {
        ties.add(new Tie(head, opinion, false));
      }
    }
    return ties;
  }

  boolean opinion(Clause clause, int t) {
    return adjective(clause, t) && !NO_OPINION.contains(clause.tokens()[t]);
  }

  /** What stands behind "NOUN is (not, very, a)"; -1 when that says nothing. */
  private int behind(Clause clause, int head) {
    String[] tokens = clause.tokens();
    String[] tags = clause.tags();
    int t = head + 1;
    if (t + 1 < tags.length && tokens[t].equals(",") && tokens[t + 1].matches("it|they")) {
      t += 2; // as for the towels, they were clean
    }
    while (t < tags.length && tags[t].startsWith("ADV")) {
      t++;
    }
    if (t >= tags.length || !BEING.contains(tokens[t])) {
      return -1;
    }
    boolean placed = false;
    boolean one = false;
    for (int k = pastAside(clause, t + 1); k < Math.min(tags.length, t + 1 + NEAR); k++) {
      if (opinion(clause, k) || !placed && mistagged(clause, k)) {
        return k;
      }
      boolean plain = placed || clause.verb(k) && BEING.contains(tokens[k]);
      if (noun(clause, k) && (k + 1 == tags.length || !noun(clause, k + 1))) {
        return one && !placed && !PLAIN.contains(tokens[k])
            ? k
            : -1; // "a bargain", not "on the bill"
      }
      if (tags[k].equals("VERB") && !plain && !tokens[k - 1].equals("to")) {
        return k; // "covered in dust"
      }
      if (tokens[k].matches("where|what|which|who|when|how|as") && !tags[k].equals("ADV")
          || tags[k].startsWith("CCONJ")
          || tags[k].equals("PUNCT")) {
        return -1;
      }
      placed |= tags[k].equals("ADP");
      one |= tokens[k].matches("an?|the|no");
    }
    return -1;
  }

  /** Whether a word that a verb of being points to is an adjective often enough. */
  private boolean mistagged(Clause clause, int t) {
    String tag = clause.tags()[t];
    return (tag.equals("NOUN") || tag.equals("ADV"))
        && share(clause.tokens()[t], 1) >= SOMETIMES
        && !NO_OPINION.contains(clause.tokens()[t]);
  }

  /** Steps over ", in my view,". */
  private static int pastAside(Clause clause, int at) {
    if (at < clause.tokens().length && clause.tokens()[at].equals(",")) {
      for (int k = at + 1; k < Math.min(clause.tokens().length, at + 1 + ASIDE); k++) {
        if (clause.tokens()[k].equals(",")) {
          return k + 1;
        }
      }
    }
    return at;
  }

  /** The nearest adjective before a noun and its compound; -1 when there is none. */
  private int before(Clause clause, int head) {
    int t = head;
    while (t > 0 && noun(clause, t - 1)) {
      t--;
      if (mistagged(clause, t) && !names.contains(pair(clause, t, head))) {
        return t;
      }
    }
    for (int k = t - 1; k >= 0; k--) {
      if (opinion(clause, k) && !names.contains(pair(clause, k, head))) {
        return k;
      }
      String tag = clause.tags()[k];
      boolean between =
          tag.equals("ADV")
              || tag.equals("NUM")
              || tag.equals("CCONJ")
              || tag.equals("VERB") && clause.tokens()[k].matches(".+(ing|ed)");
      if (!between && !adjective(clause, k) && !clause.tokens()[k].equals(",")) {
        return -1;
      }
    }
    return -1;
  }

  /** Whether an adjective belongs to the name of the noun at some head. */
  boolean named(Clause clause, int adjective, int head) {
    return names.contains(pair(clause, adjective, head));
  }

  boolean noun(Clause clause, int t) {
    String tag = clause.tags()[t];
    return (tag.equals("NOUN") || tag.equals("PROPN"))
            && (tag.equals("PROPN") || share(clause.tokens()[t], 1) < 0.5)
        || !clause.verb(t) && !tag.equals("PUNCT") && share(clause.tokens()[t], 0) >= 0.7;
  }

  private boolean adjective(Clause clause, int t) {
    String tag = clause.tags()[t];
    return tag.equals("ADJ") && !noun(clause, t)
        || tag.equals("NOUN") && share(clause.tokens()[t], 1) >= 0.5;
  }

  /** Whether a word is hardly ever used as an adjective. */
  boolean mostlyNoun(String word) {
    return share(word, 1) < SOMETIMES;
  }

  private double share(String word, int part) {
    int[] counts = usual.get(word);
    return counts == null || counts[2] < 5 ? 0 : (double) counts[part] / counts[2];
  }
}
