package explainrec.cli;

import explainrec.data.Split;
import explainrec.text.ExplainedSplit;
import explainrec.text.Explanation;
import explainrec.text.Vocabulary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Prints what explanations were found: counts, and a sample for the reader to judge. The sample is
 * shown on this machine and never written to a file, for the reviews are not ours.
 */
final class ExplanationSample {
  private static final int TOP = 20;
  private static final int EVERY = 1_000_000; // words: as many as there are

  private ExplanationSample() {}

  /**
   * Prints.
   *
   * @param explained the explanations
   * @param count how many to show; fewer when there are fewer
   * @param seed of the sample
   * @param out where to
   */
  static void print(ExplainedSplit explained, int count, long seed, PrintWriter out) {
    Split split = explained.split();
    List<Explanation> all = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    double words = 0;
    for (Explanation explanation : explained.explanations()) {
      if (explanation != null) {
        all.add(explanation);
        counts.merge(explanation.feature(), 1, Integer::sum);
        words += explanation.words().size();
      }
    }
    List<List<String>> texts = new ArrayList<>();
    for (int row : split.train()) {
      texts.add(explained.explanations().get(row).words());
    }
    int vocabulary = new Vocabulary(texts, EVERY).size() - Vocabulary.UNKNOWN - 1;
    out.printf(
        Locale.ROOT,
        "%s: %,d of %,d reviews have an explanation (%,d train, %,d validation, %,d test).%n",
        explained.reviews().name(),
        all.size(),
        explained.reviews().size(),
        split.train().length,
        split.validation().length,
        split.test().length);
    out.printf(
        Locale.ROOT,
        "%,d features and %,d different words in train; %.1f words an explanation.%n",
        explained.features().size(),
        vocabulary,
        words / all.size());
    out.println(
        explained.features().stream()
            .limit(TOP)
            .map(feature -> feature + " " + counts.get(feature))
            .collect(Collectors.joining(", ", "Most frequent features: ", ".")));
    sample(all, Math.min(count, all.size()), seed, out);
  }

  private static void sample(List<Explanation> all, int count, long seed, PrintWriter out) {
    List<Explanation> rest = new ArrayList<>(all);
    Random random = new Random(seed);
    out.println();
    out.printf("%-16s %-16s %5s  %s%n", "feature", "opinion", "score", "explanation");
    for (int n = 0; n < count; n++) {
      Explanation e = rest.remove(random.nextInt(rest.size()));
      String opinion = e.opinion().isEmpty() ? "-" : e.opinion();
      out.printf("%-16s %-16s %5d  %s%n", e.feature(), opinion, e.score(), e.text());
    }
  }
}
