package explainrec.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import explainrec.data.InputException;
import explainrec.metrics.RatingPredictions;
import explainrec.run.ExplanationResult;
import explainrec.run.Result;
import explainrec.run.ReviewResult;
import explainrec.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the run.json files that runs leave behind. */
public final class RunFiles {
  /** The file that each run's folder holds. */
  public static final String FILE = "run.json";

  static final int FORMAT = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectReader RATINGS =
      MAPPER
          .readerFor(RunResult.class)
          .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
  // What a run of texts does not have stands in its file as null.
  private static final ObjectReader REVIEWS = MAPPER.readerFor(ReviewResult.class);
  private static final ObjectReader EXPLANATIONS = MAPPER.readerFor(ExplanationResult.class);

  private RunFiles() {}

  /**
   * Reads all rating runs below a folder; files of other runs are passed over.
   *
   * @param folder a results folder, for instance {@code results/world}
   * @return the runs by data set, then model in the tables' order, then seed; empty when there are
   *     other runs only
   * @throws InputException when there is no run at all, or one cannot be read
   */
  public static List<RunResult> read(Path folder) {
    return all(folder, "", RunFiles::readFile);
  }

  /**
   * Reads all review runs below a folder; files of other runs are passed over.
   *
   * @param folder a results folder, for instance {@code results/world}
   * @return the runs by data set, then model in the tables' order, then seed; empty when there are
   *     other runs only
   * @throws InputException when there is no run at all, or one cannot be read
   */
  public static List<ReviewResult> reviews(Path folder) {
    return all(folder, ReviewResult.KIND, RunFiles::readReviews);
  }

  /**
   * Reads all explanation runs below a folder; files of other runs are passed over.
   *
   * @param folder a results folder, for instance {@code results/world}
   * @return the runs by data set, then model in the tables' order, then variant, then seed; empty
   *     when there are other runs only
   * @throws InputException when there is no run at all, or one cannot be read
   */
  public static List<ExplanationResult> explanations(Path folder) {
    return all(folder, ExplanationResult.KIND, RunFiles::readExplanations);
  }

  private static <R extends Result> List<R> all(
      Path folder, String kind, Function<Path, R> reader) {
    List<R> runs = new ArrayList<>();
    for (Path file : files(folder)) {
      if (kind(file).equals(kind)) {
        runs.add(reader.apply(file));
      }
    }
    runs.sort(
        Comparator.comparing((R run) -> run.data().name())
            .thenComparing(Result::model, ModelOrder.COMPARATOR)
            .thenComparing(run -> run.run().replaceFirst("-seed-?\\d+$", ""))
            .thenComparingLong(Result::seed));
    return runs;
  }

  private static List<Path> files(Path folder) {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(f -> f.getFileName().toString().equals(FILE)).sorted().toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new InputException(
          folder + ": cannot be listed; expected a results folder, ./kit reproduce makes one", e);
    }
    if (files.isEmpty()) {
      throw new InputException(
          folder + ": no " + FILE + " below it; ./kit reproduce or ./kit run makes some");
    }
    return files;
  }

  /** What kind of run a file says it is of; those of rating runs say nothing. */
  private static String kind(Path file) {
    try (JsonParser json = MAPPER.createParser(file.toFile())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw broken(file, "is no JSON object", null);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean kind = json.currentName().equals("kind");
        JsonToken value = json.nextToken();
        if (kind) {
          return value == JsonToken.VALUE_STRING ? json.getText() : "";
        }
        json.skipChildren();
      }
      return "";
    } catch (JsonProcessingException e) {
      throw broken(file, "is no whole JSON (" + firstLine(e) + ")", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads one rating run.
   *
   * @param file its run.json
   * @return the run
   * @throws InputException when the file is missing, cut short or edited
   */
  public static RunResult readFile(Path file) {
    RunResult run = parse(file, RATINGS);
    refuse(file, problem(run));
    return run;
  }

  /**
   * Reads one review run.
   *
   * @param file its run.json
   * @return the run
   * @throws InputException when the file is missing, cut short or edited
   */
  public static ReviewResult readReviews(Path file) {
    ReviewResult run = parse(file, REVIEWS);
    refuse(file, ReviewCheck.problem(run));
    return run;
  }

  /**
   * Reads one explanation run.
   *
   * @param file its run.json
   * @return the run
   * @throws InputException when the file is missing, cut short or edited
   */
  public static ExplanationResult readExplanations(Path file) {
    ExplanationResult run = parse(file, EXPLANATIONS);
    refuse(file, ExplanationCheck.problem(run));
    return run;
  }

  private static <T> T parse(Path file, ObjectReader reader) {
    try {
      return reader.readValue(file.toFile());
    } catch (JsonMappingException e) {
      throw broken(file, where(e) + firstLine(e), e);
    } catch (JsonProcessingException e) {
      throw broken(file, "is no whole JSON (" + firstLine(e) + ")", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void refuse(Path file, String problem) {
    if (problem != null) {
      throw broken(file, problem, null);
    }
  }

  private static InputException unreadable(Path file, IOException cause) {
    return new InputException(
        file + ": cannot be read; check that it exists and its rights", cause);
  }

  private static InputException broken(Path file, String problem, Throwable cause) {
    return new InputException(
        file + ": " + problem + "; delete its folder and run the model again", cause);
  }

  private static String where(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "" : "at " + path + ": ";
  }

  private static String firstLine(JsonProcessingException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    int detail = line.indexOf(" (for ");
    return detail < 0 ? line : line.substring(0, detail);
  }

  /** What is inconsistent in a rating run, or null. */
  private static String problem(RunResult run) {
    if (run.format() != FORMAT) {
      return "format " + run.format() + ", expected " + FORMAT;
    }
    RatingPredictions test = run.test();
    int rows = test.rows().length;
    boolean sameLength =
        test.overall().length == rows
            && test.overallTruth().length == rows
            && run.leaked().length == rows
            && run.coldUser().length == rows
            && run.coldItem().length == rows;
    if (!sameLength) {
      return "columns of test rows differ in length, expected " + rows + " values in each";
    }
    int aspects = test.aspects().length;
    if (aspects > 0
        && (aspects != run.data().aspects().size() || test.aspectTruth().length != aspects)) {
      return "ratings of " + aspects + " aspects, expected " + run.data().aspects().size();
    }
    for (int a = 0; a < aspects; a++) {
      if (test.aspects()[a].length != rows || test.aspectTruth()[a].length != rows) {
        return "aspect " + run.data().aspects().get(a) + " has not " + rows + " ratings";
      }
    }
    if (run.bestEpoch() < 0 || run.bestEpoch() > run.epochs().size()) {
      return "bestEpoch " + run.bestEpoch() + " of " + run.epochs().size() + " epochs";
    }
    return null;
  }
}
