package explainrec.run;

import com.sun.management.OperatingSystemMXBean;
import explainrec.data.World;
import explainrec.data.WorldSettings;
import explainrec.metrics.Bleu;
import explainrec.metrics.Meteor;
import explainrec.metrics.Rouge;
import explainrec.metrics.TextMetrics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** How long ELIXIR's text metrics take (all but BERTScore), on texts of the generated world. */
public final class MetricsBench {
  private MetricsBench() {}

  /**
   * What was measured.
   *
   * @param pairs number of text pairs
   * @param words in each text
   * @param seconds that all metrics took together, on all cores
   * @param cpuSeconds that the cores worked for them
   * @param cpuSecondsEach of each metric alone, by name; they share no work then
   */
  public record Result(
      int pairs,
      int words,
      double seconds,
      double cpuSeconds,
      Map<String, Double> cpuSecondsEach) {}

  /**
   * Measures {@link TextMetrics#of} and each metric alone, without a warm-up.
   *
   * @param pairs number of text pairs, at least 1
   * @param words in each text, at least 1
   * @param seed of the texts
   * @return times
   */
  public static Result run(int pairs, int words, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String[] corpus = corpus();
    List<String> references = texts(pairs, words, corpus, random);
    List<String> hypotheses = texts(pairs, words, corpus, random);
    long start = System.nanoTime();
    double all = cpuSeconds(() -> TextMetrics.of(references, hypotheses));
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Double> each = new LinkedHashMap<>();
    each.put("bleu", cpuSeconds(() -> Bleu.ofTexts(references, hypotheses)));
    each.put(
        "rouge",
        cpuSeconds(() -> forEach(pairs, n -> Rouge.of(references.get(n), hypotheses.get(n)))));
    each.put(
        "meteor",
        cpuSeconds(() -> forEach(pairs, n -> Meteor.of(references.get(n), hypotheses.get(n)))));
    return new Result(pairs, words, seconds, all, each);
  }

  private static void forEach(int pairs, IntConsumer metric) {
    IntStream.range(0, pairs).parallel().forEach(metric);
  }

  /** The words of all reviews of the small world, as written. */
  private static String[] corpus() {
    List<String> words = new ArrayList<>();
    new World(WorldSettings.smoke())
        .read(review -> words.addAll(Arrays.asList(review.text().split(" "))));
    return words.toArray(String[]::new);
  }

  private static List<String> texts(
      int pairs, int words, String[] corpus, SplittableRandom random) {
    List<String> texts = new ArrayList<>(pairs);
    for (int n = 0; n < pairs; n++) {
      int from = random.nextInt(corpus.length - words + 1);
      texts.add(String.join(" ", Arrays.copyOfRange(corpus, from, from + words)));
    }
    return texts;
  }

  private static double cpuSeconds(Runnable work) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = system.getProcessCpuTime();
    work.run();
    return (system.getProcessCpuTime() - before) / 1e9;
  }
}
