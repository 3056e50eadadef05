package explainrec.run;

import explainrec.data.Interactions;
import explainrec.elixir.ReviewValidator;
import explainrec.metrics.TextMetrics;
import explainrec.nn.Trainable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Scores the reviews that are written for validation rows after every epoch. */
final class WrittenSample implements ReviewValidator {
  private final Interactions data;
  private final String selectBy;
  private final Consumer<WrittenReview> listener;

  /**
   * @param data the interactions
   * @param selectBy {@code bleu}, {@code meteor} or {@code loss}
   * @param listener gets the first review of each sample
   */
  WrittenSample(Interactions data, String selectBy, Consumer<WrittenReview> listener) {
    this.data = data;
    this.selectBy = selectBy;
    this.listener = listener;
  }

  @Override
  public Trainable.Validation score(int[] rows, List<String> written, double loss) {
    List<String> real = Arrays.stream(rows).mapToObj(data::text).toList();
    TextMetrics metrics = TextMetrics.of(real, written);
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("loss", loss);
    parts.put("bleu", metrics.bleu().score());
    parts.put("meteor", metrics.meteor());
    listener.accept(
        new WrittenReview(
            rows[0],
            data.users().get(data.user(rows[0])),
            data.items().get(data.item(rows[0])),
            real.get(0),
            written.get(0)));
    return new Trainable.Validation(score(parts), parts);
  }

  /** Until something is written right at all, the loss decides. */
  private double score(Map<String, Double> parts) {
    double value = parts.get(selectBy);
    return selectBy.equals("loss") || value == 0 ? parts.get("loss") : -value;
  }
}
