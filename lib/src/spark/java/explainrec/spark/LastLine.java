package explainrec.spark;

import org.apache.spark.util.AccumulatorV2;

/** The last line that a task has said; executors tell the driver with every heartbeat. */
final class LastLine extends AccumulatorV2<String, String> {
  private static final long serialVersionUID = 1L;

  private volatile String last = "";

  @Override
  public boolean isZero() {
    return last.isEmpty();
  }

  @Override
  public AccumulatorV2<String, String> copy() {
    LastLine copy = new LastLine();
    copy.last = last;
    return copy;
  }

  @Override
  public void reset() {
    last = "";
  }

  @Override
  public void add(String line) {
    last = line;
  }

  @Override
  public void merge(AccumulatorV2<String, String> other) {
    last = other.value();
  }

  @Override
  public String value() {
    return last;
  }
}
