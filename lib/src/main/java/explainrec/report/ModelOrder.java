package explainrec.report;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The order of models in every table and chart: baselines as in the paper, others by name, ELIXIR,
 * its ablations; variants by settings behind their model.
 */
final class ModelOrder {
  private static final List<String> FIRST =
      List.of(
          "average",
          "bias",
          "mf",
          "mlp",
          "neumf",
          "alfm",
          "anr",
          "apref2seq",
          "att2seq",
          "nrt",
          "peter",
          "peter-plus",
          "pepler");
  private static final List<String> LAST =
      List.of("elixir", "elixir-no-attention", "elixir-no-global", "elixir-no-aspects");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** Orders model keys. */
  static final Comparator<String> COMPARATOR =
      Comparator.comparingInt(ModelOrder::place)
          .thenComparing(ModelOrder::numbered)
          .thenComparing(Comparator.naturalOrder());

  private ModelOrder() {}

  private static int place(String model) {
    String base = Variants.base(model);
    if (FIRST.contains(base)) {
      return FIRST.indexOf(base);
    }
    int last = LAST.indexOf(base);
    return last < 0 ? FIRST.size() : FIRST.size() + 1 + last;
  }

  /** Numbers in a tag count as numbers: eta-5 stands before eta-10. */
  private static String numbered(String model) {
    return NUMBER
        .matcher(model)
        .replaceAll(
            found -> "0".repeat(9).substring(Math.min(9, found.group().length())) + found.group());
  }
}
