package explainrec.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The text metrics that the ELIXIR paper prints, but BERTScore, on a scale of 0 to 1: those of
 * Hugging Face's {@code evaluate}. {@link PeterMetrics} has the other family, which they do not
 * compare with.
 *
 * <p>Values of pairs are kept, in the order of the pairs, for bootstrap intervals and paired tests.
 *
 * @param bleu corpus {@link Bleu} of order 4 over {@link Tokenizer13a}; not the mean over pairs
 * @param rouge mean over pairs of each ROUGE; NaN without pairs
 * @param meteor mean {@link Meteor} over pairs; NaN without pairs
 * @param pairBleu BLEU-4 of each pair as a corpus of one, (N)
 * @param pairRouge ROUGE of each pair, N
 * @param pairMeteor METEOR of each pair, (N)
 */
public record TextMetrics(
    Bleu bleu,
    Rouge rouge,
    double meteor,
    double[] pairBleu,
    List<Rouge> pairRouge,
    double[] pairMeteor) {

  private record Pair(Bleu.Counts counts, Rouge rouge, double meteor) {
    static Pair of(String reference, String hypothesis) {
      List<String> tokens = Tokenizer13a.tokenize(reference);
      return new Pair(
          Bleu.Counts.of(List.of(tokens), Tokenizer13a.tokenize(hypothesis), 4),
          Rouge.of(reference, hypothesis),
          Meteor.of(reference, hypothesis));
    }
  }

  /**
   * Scores generated texts, on all cores; the same texts give the same numbers.
   *
   * @param references the real texts, N
   * @param hypotheses the generated ones, N
   * @return all metrics
   */
  public static TextMetrics of(List<String> references, List<String> hypotheses) {
    TextPairs.checkSizes(references, hypotheses);
    Pair[] pairs =
        IntStream.range(0, references.size())
            .parallel()
            .mapToObj(n -> Pair.of(references.get(n), hypotheses.get(n)))
            .toArray(Pair[]::new);
    Bleu.Counts total = new Bleu.Counts(4);
    for (Pair pair : pairs) {
      total.add(pair.counts);
    }
    List<Rouge> rouge = Arrays.stream(pairs).map(Pair::rouge).toList();
    double[] meteor = Arrays.stream(pairs).mapToDouble(Pair::meteor).toArray();
    return new TextMetrics(
        total.bleu(),
        Rouge.mean(rouge),
        Statistics.mean(meteor),
        Arrays.stream(pairs).mapToDouble(pair -> pair.counts.bleu().score()).toArray(),
        rouge,
        meteor);
  }

  /**
   * The corpus values by name: {@code bleu}, {@code rouge1}, {@code rouge2}, {@code rougeL}, {@code
   * rougeLsum}, {@code meteor}.
   *
   * @return the numbers in this order, 0..1
   */
  public Map<String, Double> named() {
    Map<String, Double> named = new LinkedHashMap<>();
    named.put("bleu", bleu.score());
    named.put("rouge1", rouge.rouge1());
    named.put("rouge2", rouge.rouge2());
    named.put("rougeL", rouge.rougeL());
    named.put("rougeLsum", rouge.rougeLsum());
    named.put("meteor", meteor);
    return named;
  }
}
