package explainrec.text;

import java.util.ArrayList;
import java.util.HashMap;
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
  private static final Set<String> BEING = WordList.of("being-verbs");

  /** Adjectives that say nothing of how a thing is. */
  private static final Set<String> NO_OPINION = WordList.of("plain-adjectives");

  private static final int NEAR = 8; // tokens between a noun and its adjective at most

  private final Map<String, int[]> usual = new HashMap<>(); // noun, adjective, all

  /** A noun and the adjective tied to it. */
  record Tie(int noun, int opinion, boolean being) {}

  /**
   * Counts how words are tagged.
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

  /** The adjective after "NOUN is (not, very, a)"; -1 when there is none. */
  private int behind(Clause clause, int head) {
    String[] tags = clause.tags();
    int t = head + 1;
    if (t < tags.length && clause.tokens()[t].equals(",") && t + 1 < tags.length) {
      t += clause.tokens()[t + 1].equals("it") || clause.tokens()[t + 1].equals("they") ? 2 : 0;
    }
    while (t < tags.length && tags[t].startsWith("ADV")) {
      t++;
    }
    if (t >= tags.length || !BEING.contains(clause.tokens()[t])) {
      return -1;
    }
    int noun = -1;
    for (int k = t + 1; k < Math.min(tags.length, t + 1 + NEAR); k++) {
      if (opinion(clause, k)) {
        return k;
      }
      if (clause.verb(k) && !tags[k].startsWith("AUX") && !BEING.contains(clause.tokens()[k])) {
        return k;
      }
      if (noun(clause, k)) {
        noun = k;
      } else if (noun >= 0 || tags[k].startsWith("CCONJ")) {
        break;
      }
    }
    return noun;
  }

  /** The nearest adjective before a noun and its compound; -1 when there is none. */
  private int before(Clause clause, int head) {
    int t = head;
    while (t > 0 && noun(clause, t - 1)) {
      t--;
    }
    for (int k = t - 1; k >= 0; k--) {
      if (opinion(clause, k)) {
        return k;
      }
      String tag = clause.tags()[k];
      boolean between = tag.equals("ADV") || tag.equals("NUM") || tag.equals("CCONJ");
      if (!between && !adjective(clause, k) && !clause.tokens()[k].equals(",")) {
        return -1;
      }
    }
    return -1;
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

  private double share(String word, int part) {
    int[] counts = usual.get(word);
    return counts == null || counts[2] < 5 ? 0 : (double) counts[part] / counts[2];
  }
}
