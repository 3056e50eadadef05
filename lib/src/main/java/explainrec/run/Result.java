package explainrec.run;

import java.util.List;
import java.util.Map;

/** What the result files of all kinds of runs have in common. */
public interface Result {
  /** The run's name within its data set: that of its folder. */
  String run();

  /** The model's name on the command line. */
  String model();

  /** The model's name in tables. */
  String title();

  /** {@code smoke}, {@code quick} or {@code paper}. */
  String profile();

  /** The run's one seed. */
  long seed();

  /** Every setting by name, defaults included. */
  Map<String, Object> settings();

  /** Where the settings leave the paper, {@code key = value (paper: value)}. */
  List<String> deviations();

  /** What was learnt from. */
  RunResult.Data data();

  /** For instance {@code cpu (2 threads)}. */
  String device();

  /** The epoch kept, from 1; 0 when there are none. */
  int bestEpoch();

  /** Numbers of the test rows by name. */
  Map<String, Double> metrics();
}
