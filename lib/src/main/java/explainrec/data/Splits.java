package explainrec.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Makes, saves and reads splits.
 *
 * <p>The random split shuffles the row numbers by Fisher and Yates from the last row down, drawing
 * from {@link Random}, whose sequence the Java specification fixes: the same seed gives the same
 * split on every machine.
 */
public final class Splits {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Splits() {}

  /** The form of a split on disk. */
  private record Saved(
      @JsonProperty("data") String data,
      @JsonProperty("method") String method,
      @JsonProperty("seed") long seed,
      @JsonProperty("hash") String hash,
      @JsonProperty("train") int[] train,
      @JsonProperty("validation") int[] validation,
      @JsonProperty("test") int[] test) {}

  /**
   * Splits by the settings' method, shares and seed.
   *
   * @param data what to split
   * @param settings {@code split}, {@code trainShare}, {@code validationShare}, {@code splitSeed}
   * @return the split
   * @throws InputException when a part would be empty, or dates are needed and missing
   */
  public static Split make(Interactions data, DataSettings settings) {
    return settings.split().equals("random")
        ? random(data, settings.trainShare(), settings.validationShare(), settings.splitSeed())
        : byUserTime(data, settings.trainShare(), settings.validationShare());
  }

  /**
   * Splits at random over interactions.
   *
   * @param data what to split
   * @param trainShare share of rows in train, 0..1
   * @param validationShare share of rows in validation, 0..1
   * @param seed of the shuffle
   * @return the split; rows ascending within each part
   * @throws InputException when a part would be empty
   */
  public static Split random(
      Interactions data, double trainShare, double validationShare, long seed) {
    int n = data.size();
    int[] rows = new int[n];
    Arrays.setAll(rows, row -> row);
    Random random = new Random(seed);
    for (int last = n - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int row = rows[last];
      rows[last] = rows[other];
      rows[other] = row;
    }
    int train = (int) Math.round(n * trainShare);
    int validation = (int) Math.round(n * validationShare);
    validation = Math.min(validation, n - train);
    return of(
        data,
        Arrays.copyOfRange(rows, 0, train),
        Arrays.copyOfRange(rows, train, train + validation),
        Arrays.copyOfRange(rows, train + validation, n),
        "random",
        seed);
  }

  /**
   * Splits each user's reviews by date: the latest to test, those before them to validation.
   *
   * @param data what to split; every row has a date
   * @param trainShare share of each user's rows in train, 0..1
   * @param validationShare share of each user's rows in validation, 0..1
   * @return the split; a user's earliest row is always in train
   * @throws InputException when dates are missing or a part would be empty
   */
  public static Split byUserTime(Interactions data, double trainShare, double validationShare) {
    if (!data.dated()) {
      throw InputException.setting(
          "split",
          "user-time",
          "random, because not every review of " + data.name() + " has a date");
    }
    Integer[] order = new Integer[data.size()];
    Arrays.setAll(order, row -> row);
    Arrays.sort(
        order,
        Comparator.<Integer>comparingInt(data::user)
            .thenComparingLong(data::time)
            .thenComparingInt(row -> row));
    List<Integer> train = new ArrayList<>();
    List<Integer> validation = new ArrayList<>();
    List<Integer> test = new ArrayList<>();
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && data.user(order[to]) == data.user(order[from])) {
        to++;
      }
      int n = to - from;
      int tests = (int) Math.round(n * (1 - trainShare - validationShare));
      int validations = (int) Math.round(n * validationShare);
      int trains = Math.max(1, n - tests - validations);
      for (int k = 0; k < n; k++) {
        int left = n - k;
        (k < trains ? train : left <= tests ? test : validation).add(order[from + k]);
      }
      from = to;
    }
    return of(data, ints(train), ints(validation), ints(test), "user-time", 0);
  }

  /**
   * Makes a split from row lists, sorting each and computing the hash.
   *
   * @param data what was split
   * @param trainRows rows to learn from
   * @param validationRows rows to choose by
   * @param testRows rows to report on
   * @param method how it was made
   * @param seed the seed it was made with
   * @return the split
   * @throws InputException when a part is empty
   */
  public static Split of(
      Interactions data,
      int[] trainRows,
      int[] validationRows,
      int[] testRows,
      String method,
      long seed) {
    int[] train = trainRows.clone();
    int[] validation = validationRows.clone();
    int[] test = testRows.clone();
    if (train.length == 0 || validation.length == 0 || test.length == 0) {
      throw new InputException(
          data.name()
              + ": "
              + data.size()
              + " reviews are too few to split ("
              + train.length
              + " train, "
              + validation.length
              + " validation, "
              + test.length
              + " test; each needs at least 1); give more data, loosen minReviews, or change"
              + " trainShare and validationShare");
    }
    for (int[] rows : new int[][] {train, validation, test}) {
      Arrays.sort(rows);
    }
    String hash = hash(data, train, validation, test, method, seed);
    return new Split(data, train, validation, test, method, seed, hash);
  }

  /**
   * Saves a split as JSON: its hash, method, seed and row lists.
   *
   * @param split the split
   * @param file where to
   * @throws InputException when the place cannot be written to
   */
  public static void save(Split split, Path file) {
    Saved saved =
        new Saved(
            split.data().name(),
            split.method(),
            split.seed(),
            split.hash(),
            split.train(),
            split.validation(),
            split.test());
    AtomicFiles.write(file, out -> out.write(JSON.writeValueAsBytes(saved)));
  }

  /**
   * Reads a saved split and checks that it belongs to the data.
   *
   * @param file the JSON file
   * @param data the interactions it was made from
   * @return the split
   * @throws InputException when the file is damaged or was made from other data
   */
  public static Split load(Path file, Interactions data) {
    Saved saved;
    try {
      saved = JSON.readValue(Files.readAllBytes(file), Saved.class);
    } catch (JsonProcessingException e) {
      throw new InputException(file + ": not a saved split; delete it and prepare again", e);
    } catch (IOException e) {
      throw Input.unreadable(file, e);
    }
    if (saved.train() == null || saved.validation() == null || saved.test() == null) {
      throw new InputException(file + ": not a saved split; delete it and prepare again");
    }
    String hash =
        hash(data, saved.train(), saved.validation(), saved.test(), saved.method(), saved.seed());
    if (!hash.equals(saved.hash())) {
      throw new InputException(
          file
              + ": the split was made from other data (its hash differs); delete it and prepare"
              + " again");
    }
    return new Split(
        data, saved.train(), saved.validation(), saved.test(), saved.method(), saved.seed(), hash);
  }

  private static String hash(
      Interactions data, int[] train, int[] validation, int[] test, String method, long seed) {
    Digest digest = new Digest().add(data.name()).add(data.aspects());
    digest.add(data.users()).add(data.items()).add(data.size());
    int[] row = new int[3 + data.aspects().size()];
    for (int n = 0; n < data.size(); n++) {
      row[0] = data.user(n);
      row[1] = data.item(n);
      row[2] = Float.floatToIntBits(data.overall(n));
      for (int a = 0; a < data.aspects().size(); a++) {
        row[3 + a] = Float.floatToIntBits(data.aspect(n, a));
      }
      digest.add(row);
    }
    digest.add(method == null ? "" : method).add(seed);
    return digest.add(train).add(validation).add(test).hex();
  }

  private static int[] ints(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }
}
