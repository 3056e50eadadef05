package explainrec.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import net.razorvine.pickle.PickleException;

/**
 * Reviews in the form of PETER (Li et al. 2021): {@code reviews.pickle}, a list of dictionaries
 * with user, item, rating and a template of four (feature, adjective, sentence, score); beside it
 * may lie folders 1 to 5 with row numbers of train, validation and test.
 *
 * <p>There are no aspect ratings; the text is the template's sentence. A pickle that names any
 * class is refused. The pickle is held as a whole while it is read.
 */
public final class PeterSource implements ReviewSource {
  private final Path pickle;

  /**
   * What a template says.
   *
   * @param feature what is spoken of, such as {@code breakfast}
   * @param adjective how it is
   * @param sentence the sentence both stand in
   * @param score 1 for liked, -1 for disliked
   */
  public record Quadruple(String feature, String adjective, String sentence, int score) {}

  /**
   * Row numbers of a published split.
   *
   * @param train rows of the pickle, from 0
   * @param validation rows of the pickle, from 0
   * @param test rows of the pickle, from 0
   */
  public record Index(int[] train, int[] validation, int[] test) {}

  /**
   * Prepares to read a pickle.
   *
   * @param place {@code reviews.pickle}, or the folder that it lies in
   */
  public PeterSource(Path place) {
    this.pickle = Files.isDirectory(place) ? place.resolve("reviews.pickle") : place;
  }

  @Override
  public String name() {
    Path folder = pickle.toAbsolutePath().getParent().getFileName();
    String name = folder == null ? "" : folder.toString().replaceAll("[^A-Za-z0-9]+", "-");
    return name.isEmpty() || name.equals("-") ? "peter" : name.toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> aspects() {
    return List.of();
  }

  @Override
  public Scale overallScale() {
    return Scale.FIVE;
  }

  @Override
  public List<Scale> aspectScales() {
    return List.of();
  }

  @Override
  public void read(Consumer<Review> sink) {
    List<?> records = load();
    for (int n = 0; n < records.size(); n++) {
      Map<?, ?> record = record(records, n);
      String rating = text(record.get("rating"));
      sink.accept(
          new Review(
              text(record.get("user")),
              text(record.get("item")),
              Ratings.parse(rating, "overall", Scale.FIVE, pickle, n + 1),
              new double[0],
              quadruple(record, n).sentence().strip(),
              Review.NO_TIME,
              n + 1));
    }
  }

  @Override
  public String fingerprint() {
    return new Digest().add("peter").add(pickle).hex();
  }

  /**
   * The templates of all reviews, in the pickle's order: the row of {@link Review#line()} minus 1.
   *
   * @return one a review
   * @throws InputException when the pickle is damaged, foreign or names a class
   */
  public List<Quadruple> quadruples() {
    List<?> records = load();
    List<Quadruple> quadruples = new ArrayList<>();
    for (int n = 0; n < records.size(); n++) {
      quadruples.add(quadruple(record(records, n), n));
    }
    return quadruples;
  }

  /**
   * An error at a record.
   *
   * @param line the record's number, from 1
   * @param problem what was expected and what to do
   * @return the error, naming the file and the record
   */
  public InputException refuse(int line, String problem) {
    return InputException.at(pickle, line, problem);
  }

  /**
   * Reads a published split.
   *
   * @param fold the folder, 1 to 5
   * @return its row numbers
   * @throws InputException when a file is missing or holds anything but row numbers
   */
  public Index index(int fold) {
    Check.range("fold", fold, 1, 5);
    Path folder = pickle.resolveSibling(Integer.toString(fold));
    return new Index(
        rows(folder.resolve("train.index")),
        rows(folder.resolve("validation.index")),
        rows(folder.resolve("test.index")));
  }

  /**
   * Makes a split of prepared data from a published one; rows that the filters dropped are left
   * out.
   *
   * @param prepared data prepared from this source
   * @param fold the folder, 1 to 5
   * @return the split, its method {@code index-FOLD}
   * @throws InputException when the index cannot be read or leaves a part empty
   */
  public Split split(Prepared prepared, int fold) {
    Index index = index(fold);
    int[] lines = prepared.lines();
    int last = lines.length == 0 ? 0 : Arrays.stream(lines).max().getAsInt();
    int[] rowOfLine = new int[last + 1];
    Arrays.fill(rowOfLine, -1);
    for (int row = 0; row < lines.length; row++) {
      rowOfLine[lines[row]] = row;
    }
    return Splits.of(
        prepared.interactions(),
        kept(index.train(), rowOfLine),
        kept(index.validation(), rowOfLine),
        kept(index.test(), rowOfLine),
        "index-" + fold,
        0);
  }

  private static int[] kept(int[] rows, int[] rowOfLine) {
    return Arrays.stream(rows)
        .filter(row -> row + 1 < rowOfLine.length && rowOfLine[row + 1] >= 0)
        .map(row -> rowOfLine[row + 1])
        .toArray();
  }

  private static int[] rows(Path file) {
    try {
      String text = Files.readString(file).strip();
      if (text.isEmpty()) {
        return new int[0];
      }
      String[] words = text.split("\\s+");
      int[] rows = new int[words.length];
      for (int n = 0; n < words.length; n++) {
        rows[n] = Integer.parseInt(words[n]);
        if (rows[n] < 0) {
          throw new NumberFormatException(words[n]);
        }
      }
      return rows;
    } catch (NumberFormatException e) {
      throw new InputException(
          file + ":1: expected row numbers with spaces between; give PETER's index file", e);
    } catch (IOException e) {
      throw Input.unreadable(file, e);
    }
  }

  private List<?> load() {
    try (InputStream in = Input.open(pickle)) {
      Object loaded = new SafeUnpickler().load(in);
      if (loaded instanceof List<?> list) {
        return list;
      }
    } catch (SafeUnpickler.Refused e) {
      throw new InputException(
          pickle
              + ": the pickle names "
              + e.getMessage()
              + ", and only plain lists, dictionaries, words and numbers are read; nothing was"
              + " executed; use the publisher's own file",
          e);
    } catch (IOException e) {
      throw Input.unreadable(pickle, e);
    } catch (PickleException
        | IndexOutOfBoundsException
        | ClassCastException
        | IllegalArgumentException
        | NullPointerException
        | NegativeArraySizeException e) {
      throw new InputException(
          pickle + ": not a pickle that can be read; fetch or copy it again", e);
    }
    throw new InputException(
        pickle + ": expected a list of dictionaries (user, item, rating, template)");
  }

  private Map<?, ?> record(List<?> records, int n) {
    if (records.get(n) instanceof Map<?, ?> record) {
      return record;
    }
    throw InputException.at(pickle, n + 1, "expected a dictionary (user, item, rating, template)");
  }

  private Quadruple quadruple(Map<?, ?> record, int n) {
    Object template = record.get("template");
    List<?> four =
        template instanceof Object[] tuple
            ? Arrays.asList(tuple)
            : template instanceof List<?> list ? list : List.of();
    if (four.size() != 4 || !(four.get(3) instanceof Number score)) {
      throw InputException.at(
          pickle,
          n + 1,
          "expected a template of four: feature, adjective, sentence, score (1 or -1)");
    }
    return new Quadruple(text(four.get(0)), text(four.get(1)), text(four.get(2)), score.intValue());
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
