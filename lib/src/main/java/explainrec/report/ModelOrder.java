package explainrec.report;

import java.util.Comparator;
import java.util.List;

/** The order of models in every table and chart: baselines, others by name, ELIXIR, ablations. */
final class ModelOrder {
  private static final List<String> FIRST = List.of("average", "bias");
  private static final List<String> LAST =
      List.of("elixir", "elixir-no-attention", "elixir-no-global", "elixir-no-aspects");

  /** Orders model keys. */
  static final Comparator<String> COMPARATOR =
      Comparator.comparingInt(ModelOrder::place).thenComparing(Comparator.naturalOrder());

  private ModelOrder() {}

  private static int place(String model) {
    if (FIRST.contains(model)) {
      return FIRST.indexOf(model);
    }
    int last = LAST.indexOf(model);
    return last < 0 ? FIRST.size() : FIRST.size() + 1 + last;
  }
}
