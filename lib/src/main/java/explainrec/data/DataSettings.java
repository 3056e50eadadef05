package explainrec.data;

/**
 * Settings of the way from raw reviews to a split; keys are flat, so that {@code --set
 * minReviews=10} reaches them.
 *
 * @param filter {@code single}: one pass that keeps a review when its user and its item, counted at
 *     once, have enough reviews (the paper); {@code core}: repeated until nothing changes; {@code
 *     none}
 * @param minReviews reviews that a user and an item need, from 1; the paper has 5
 * @param language {@code english}: reviews clearly in another language are dropped; {@code any}
 * @param lowerCase whether texts are lower-cased (paper: yes)
 * @param asciiOnly whether characters beyond ASCII are dropped from texts (paper: yes)
 * @param maxWords words kept of each text, from 1 (paper: 128)
 * @param duplicates what to do when a user reviews an item twice: {@code error}, keep the {@code
 *     first}, keep the {@code last}, or {@code keep} both
 * @param anonymous {@code drop} reviews whose author is a placeholder for many people
 *     (TripAdvisor), or {@code keep} them
 * @param split {@code random} over interactions (paper), or {@code user-time}: each user's latest
 *     reviews go to test, those before them to validation
 * @param trainShare share of interactions to learn from, above 0 (paper: 0.8)
 * @param validationShare share of interactions to choose the best epoch by, above 0 (paper: 0.1);
 *     what is left is test
 * @param splitSeed seed of the random split
 * @param leaks {@code keep}; {@code drop-train}: rows of train and validation whose text stands in
 *     test are dropped, and rows of train whose text stands in validation (test stays as it is);
 *     {@code drop-test}: rows of test whose text stands in train are dropped
 * @param nearDuplicate Jaccard similarity of word shingles from which two texts count as
 *     near-duplicates, 0.5..1
 * @param shingleWords words in a shingle, 1..10
 */
public record DataSettings(
    String filter,
    int minReviews,
    String language,
    boolean lowerCase,
    boolean asciiOnly,
    int maxWords,
    String duplicates,
    String anonymous,
    String split,
    double trainShare,
    double validationShare,
    long splitSeed,
    String leaks,
    double nearDuplicate,
    int shingleWords) {

  /** Checks the ranges. */
  public DataSettings {
    Check.oneOf("filter", filter, "single", "core", "none");
    Check.range("minReviews", minReviews, 1, 1_000_000);
    Check.oneOf("language", language, "english", "any");
    Check.range("maxWords", maxWords, 1, 100_000);
    Check.oneOf("duplicates", duplicates, "error", "first", "last", "keep");
    Check.oneOf("anonymous", anonymous, "drop", "keep");
    Check.oneOf("split", split, "random", "user-time");
    Check.range("trainShare", trainShare, 0.01, 0.98);
    Check.range("validationShare", validationShare, 0.01, 0.98);
    if (trainShare + validationShare > 0.99 + 1e-9) {
      throw InputException.setting(
          "validationShare",
          validationShare,
          "at most 0.99 - trainShare (" + trainShare + "), so that a test part is left");
    }
    Check.oneOf("leaks", leaks, "keep", "drop-train", "drop-test");
    Check.range("nearDuplicate", nearDuplicate, 0.5, 1.0);
    Check.range("shingleWords", shingleWords, 1, 10);
  }

  /**
   * The kit's defaults: the paper's text clean-up and shares, an iterated 5-core, English only.
   *
   * @return the settings
   */
  public static DataSettings defaults() {
    return new DataSettings(
        "core", 5, "english", true, true, 128, "error", "drop", "random", 0.8, 0.1, 42, "keep", 0.8,
        3);
  }

  /**
   * What the ELIXIR paper describes: a single filter pass, no language filter, first of duplicates,
   * anonymous authors kept.
   *
   * @return the settings
   */
  public static DataSettings paper() {
    return new DataSettings(
        "single", 5, "any", true, true, 128, "first", "keep", "random", 0.8, 0.1, 42, "keep", 0.8,
        3);
  }
}
