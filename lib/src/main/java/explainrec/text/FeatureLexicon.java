package explainrec.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the train texts teach about features and opinion words: a noun is a feature when it is
 * frequent and people say how it is, in several words; a word is praise or blame when the reviews
 * around it have better or worse ratings than others.
 */
final class FeatureLexicon {
  private static final int KINDS = 5; // different opinion words that a feature needs
  private static final double SAID = 0.02; // share of a feature's clauses that say how it is
  private static final double CLEAR = 2; // standard errors between a word's ratings and all
  private static final double FELT = 0.1; // standard deviations of ratings between them

  /** Nouns that stand for the whole, for time, people or amounts, not for a part one can rate. */
  private static final Set<String> STOP = WordList.of(WordList.NOUNS);

  private final Statements statements;
  private final Map<String, Integer> features = new HashMap<>();
  private final Map<String, Integer> opinions = new HashMap<>();
  private final Map<String, double[]> ratings = new HashMap<>(); // n, sum, sum of squares
  private double mean;
  private double deviation;

  /** How often a noun was met, tied to an opinion, and to which. */
  private static final class Count {
    int clauses;
    int being;
    final Set<String> opinions = new HashSet<>();
  }

  /**
   * Learns.
   *
   * @param rows the clauses of each train text
   * @param stars the rating of each
   * @param settings {@code minFeatureCount}
   */
  FeatureLexicon(List<List<Clause>> rows, float[] stars, ExplanationSettings settings) {
    statements = new Statements(() -> rows.stream().flatMap(List::stream).iterator());
    Map<String, Count> counts = new HashMap<>();
    double[] all = new double[3];
    for (int n = 0; n < rows.size(); n++) {
      for (Clause clause : rows.get(n)) {
        count(clause, counts);
        add(all, stars[n]);
        for (String word : new HashSet<>(clause.words())) {
          add(ratings.computeIfAbsent(word, w -> new double[3]), stars[n]);
        }
      }
    }
    mean = all[1] / all[0];
    deviation = Math.sqrt(Math.max(0, all[2] / all[0] - mean * mean));
    int kinds = Math.min(KINDS, settings.minFeatureCount());
    counts.forEach(
        (noun, count) -> {
          boolean spokenOf = count.opinions.size() >= kinds && count.being >= SAID * count.clauses;
          if (count.clauses >= settings.minFeatureCount()
              && spokenOf
              && statements.mostlyNoun(noun)
              && !STOP.contains(noun)) {
            features.put(noun, count.clauses);
          }
        });
  }

  private static void add(double[] sums, double star) {
    sums[0]++;
    sums[1] += star;
    sums[2] += star * star;
  }

  private void count(Clause clause, Map<String, Count> counts) {
    for (int head : statements.heads(clause)) {
      counts.computeIfAbsent(clause.tokens()[head], w -> new Count()).clauses++;
    }
    for (Statements.Tie tie : statements.ties(clause)) {
      Count count = counts.get(clause.tokens()[tie.noun()]);
      count.opinions.add(clause.tokens()[tie.opinion()]);
      count.being += tie.being() ? 1 : 0;
      opinions.merge(clause.tokens()[tie.opinion()], 1, Integer::sum);
    }
  }

  /** The features and in how many train clauses each stood. */
  Map<String, Integer> features() {
    return features;
  }

  /**
   * Reads a clause.
   *
   * @param clause any clause
   * @return its explanation; null when it names no feature
   */
  Explanation read(Clause clause) {
    for (int head : statements.heads(clause)) {
      if (known(clause, head)) {
        int opinion = tied(clause, head);
        return explanation(clause, head, opinion < 0 ? nearest(clause, head) : opinion);
      }
    }
    return null;
  }

  private int tied(Clause clause, int head) {
    for (Statements.Tie tie : statements.ties(clause)) {
      if (tie.noun() == head) {
        return tie.opinion();
      }
    }
    return -1;
  }

  private boolean known(Clause clause, int t) {
    String word = clause.tokens()[t];
    return features.containsKey(word) && clause.words().contains(word);
  }

  /** The nearest adjective that is not said of another noun; -1 when there is none. */
  private int nearest(Clause clause, int head) {
    Set<Integer> ofOthers = new HashSet<>();
    statements.ties(clause).forEach(tie -> ofOthers.add(tie.opinion()));
    int best = -1;
    for (int t = 0; t < clause.tokens().length; t++) {
      boolean nearer = best < 0 || Math.abs(t - head) < Math.abs(best - head);
      if (nearer
          && t != head
          && !ofOthers.contains(t)
          && statements.opinion(clause, t)
          && !statements.named(clause, t, head)) {
        best = t;
      }
    }
    return best;
  }

  private Explanation explanation(Clause clause, int head, int opinion) {
    String word = opinion < 0 ? "" : clause.tokens()[opinion];
    return new Explanation(clause.tokens()[head], word, clause.words(), score(clause, word));
  }

  /** Praise or blame by the opinion word; where that tells nothing, by all words together. */
  private int score(Clause clause, String opinion) {
    double z = opinion.isEmpty() ? 0 : weight(opinion);
    if (Math.abs(z) < CLEAR) {
      z = 0;
      for (String word : new HashSet<>(clause.words())) {
        double w = weight(word);
        z += Math.abs(w) >= CLEAR ? w : 0;
      }
    }
    return z >= CLEAR ? 1 : z <= -CLEAR ? -1 : 0;
  }

  /** How many standard errors the ratings around a word are above all; 0 where it makes little. */
  private double weight(String word) {
    double[] sums = ratings.get(word);
    if (sums == null || deviation == 0) {
      return 0;
    }
    double above = (sums[1] / sums[0] - mean) / deviation;
    return Math.abs(above) < FELT ? 0 : above * Math.sqrt(sums[0]);
  }
}
