package explainrec.mmi;

/** Settings for small tests. */
final class Settings {
  private Settings() {}

  static MmiSettings with(String align) {
    return with(align, "reinforce", 0.1, 0.01);
  }

  static MmiSettings with(String align, String method, double kl, double entropy) {
    return with(align, method, kl, entropy, "generated");
  }

  static MmiSettings with(String align, String method, double kl, double entropy, String refit) {
    return new MmiSettings(
        align,
        0.2,
        method,
        "pointwise",
        5,
        "mean",
        "fixed",
        0.1,
        kl,
        entropy,
        "keep",
        "auto",
        "auto",
        "auto",
        5,
        16,
        0,
        50,
        0,
        refit,
        5,
        0.1,
        0,
        "real");
  }
}
