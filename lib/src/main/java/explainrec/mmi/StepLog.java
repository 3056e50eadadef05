package explainrec.mmi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every step of fine-tuning logs. */
public final class StepLog {
  /** Each quantity's name and what it is, in order. */
  public static final Map<String, String> MEANINGS = meanings();

  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  /** Starts empty. */
  public StepLog() {
    MEANINGS.keySet().forEach(name -> values.put(name, new ArrayList<>()));
  }

  private static Map<String, String> meanings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("reward", "mean reward of the step's samples, in nats");
    all.put("rewardRating", "its part from I(R;E), in nats; NaN when not aligned with the rating");
    all.put(
        "rewardFeature", "its part from I(F;E), in nats; NaN when not aligned with the feature");
    all.put("lossMi", "L_MI = -mean((R_MI - baseline) log pi)");
    all.put("lossKl", "L_KL = -mean((R_KL - baseline) log pi), R_KL = log pi_ref - log pi");
    all.put("lossEntropy", "L_H = -mean((R_H - baseline) log pi)");
    all.put("lossBackbone", "the generator's own loss; NaN when it is not kept");
    all.put("weightMi", "DWA's weight of L_MI");
    all.put("weightKl", "DWA's weight of L_KL, before klWeight");
    all.put("weightEntropy", "DWA's weight of L_H, before entropyWeight");
    all.put("kl", "mean log pi - log pi_ref of a sample, in nats: KL to the frozen backbone");
    all.put("entropy", "mean -log pi of a sample's token, in nats");
    all.put("words", "mean words of a sample");
    all.put("distinct", "distinct texts among the samples / samples");
    all.put("gradientNorm", "length of the whole gradient before it is clipped; NaN without clip");
    return all;
  }

  /** Adds a step's value. */
  void add(String name, double value) {
    values.get(name).add(value);
  }

  /**
   * Sets the length of the last step's gradient, which is known only after the step.
   *
   * @param norm of the gradient
   */
  public void gradient(double norm) {
    values.get("gradientNorm").add(norm);
  }

  /**
   * The last value of a quantity.
   *
   * @param name as in {@link #MEANINGS}
   * @return NaN before the first step
   */
  public double last(String name) {
    List<Double> all = values.get(name);
    return all.isEmpty() ? Double.NaN : all.get(all.size() - 1);
  }

  /**
   * All values.
   *
   * @return name to one value a step
   */
  public Map<String, double[]> values() {
    Map<String, double[]> all = new LinkedHashMap<>();
    values.forEach(
        (name, list) -> all.put(name, list.stream().mapToDouble(Double::doubleValue).toArray()));
    return all;
  }

  /**
   * Goes on from kept values.
   *
   * @param kept from {@link #values}
   */
  void restore(Map<String, double[]> kept) {
    kept.forEach(
        (name, list) -> {
          values.get(name).clear();
          for (double value : list) {
            values.get(name).add(value);
          }
        });
  }
}
