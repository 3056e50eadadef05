package explainrec.report;

import explainrec.run.Result;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the kit stands between a paper and its authors' code, setting by setting. */
final class SettingTables {
  private SettingTables() {}

  /**
   * What is published about a setting, and what the kit does.
   *
   * @param paper the paper's value; null when it says nothing
   * @param code the authors' code's; null when there is nothing
   * @param from where the kit's default comes from: {@code paper}, {@code code}, {@code inferred}
   * @param kit the kit's way, for facts that are no setting; else null
   */
  record Published(String paper, String code, String from, String kit) {}

  /**
   * A paper's settings beside those of runs.
   *
   * @param paper its name
   * @param source where it was published
   * @param published by setting
   * @param runs any
   * @param also a note for the foot, or null
   */
  static ResultTable deviations(
      String paper,
      String source,
      Map<String, Published> published,
      List<? extends Result> runs,
      String also) {
    ResultTable.Builder table =
        ResultTable.titled("Paper, authors' code, kit: " + paper)
            .column(Column.text("setting"))
            .column(Column.text("paper"))
            .column(Column.text("authors' code"))
            .column(Column.text("these runs"))
            .column(Column.text("the kit's default follows"))
            .column(Column.text("where these runs leave the paper"));
    published.forEach(
        (setting, known) ->
            table.row(
                List.of(
                    Cell.of(setting),
                    Cell.of(Objects.requireNonNullElse(known.paper(), Column.DASH)),
                    Cell.of(Objects.requireNonNullElse(known.code(), Column.DASH)),
                    Cell.of(known.kit() != null ? known.kit() : values(setting, runs)),
                    Cell.of(Objects.requireNonNullElse(known.from(), Column.DASH)),
                    Cell.of(known.kit() != null ? "" : leaves(setting, runs)))));
    table.note("A dash: nothing is said, or not at hand. (" + source + ")");
    return also == null ? table.build() : table.note(also).build();
  }

  /** The values that runs have of a setting, without repetition. */
  private static String values(String setting, List<? extends Result> runs) {
    Set<String> values = new LinkedHashSet<>();
    for (Result run : runs) {
      if (run.settings().containsKey(setting)) {
        values.add(String.valueOf(run.settings().get(setting)));
      }
    }
    return values.isEmpty() ? Column.DASH : String.join(", ", values);
  }

  /** The models whose runs say that they leave the paper in a setting. */
  private static String leaves(String setting, List<? extends Result> runs) {
    return runs.stream()
        .filter(
            run -> run.deviations().stream().anyMatch(words -> words.startsWith(setting + " =")))
        .map(Result::title)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
