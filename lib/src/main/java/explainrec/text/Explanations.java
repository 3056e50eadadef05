package explainrec.text;

import explainrec.data.InputException;
import explainrec.data.Interactions;
import explainrec.data.PeterSource;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.data.ReviewSource;
import explainrec.data.Split;
import explainrec.data.Splits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Takes one short explanation from each review: a statement about one feature, after PETER's
 * quadruple (feature, opinion, sentence, score).
 *
 * <p>A feature is one word; of a compound ("bed linen") it is the last noun, because the measures
 * of explanations ask whether a text contains the word. What counts as a feature is learnt on the
 * train texts alone.
 */
public final class Explanations {
  /** Classes whose change makes files that were kept useless. */
  private static final List<Class<?>> RULES =
      List.of(
          Explanations.class,
          Clauses.class,
          Clause.class,
          Statements.class,
          FeatureLexicon.class,
          ExplanationFile.class);

  private Explanations() {}

  /**
   * Explanations of the prepared split.
   *
   * @param source the reviews; PETER's quadruples are used as they come
   * @param prepared the data made from it
   * @param settings how to choose
   * @param progress hears how far it is
   * @return the split of the reviews that have an explanation
   * @throws InputException when a part of the split has none
   */
  public static ExplainedSplit of(
      ReviewSource source, Prepared prepared, ExplanationSettings settings, Progress progress) {
    return of(source, prepared, prepared.split(), settings, progress);
  }

  /**
   * Explanations of another split of the prepared data, such as a published one.
   *
   * @param source the reviews; PETER's quadruples are used as they come
   * @param prepared the data made from it
   * @param split train, validation and test rows of it
   * @param settings how to choose
   * @param progress hears how far it is
   * @return the split of the reviews that have an explanation
   * @throws InputException when a part of the split has none, or a quadruple is not usable
   */
  public static ExplainedSplit of(
      ReviewSource source,
      Prepared prepared,
      Split split,
      ExplanationSettings settings,
      Progress progress) {
    Path file = file(prepared, split, settings);
    Explanation[] explanations = ExplanationFile.read(file, split.data().size());
    if (explanations == null) {
      explanations =
          source instanceof PeterSource peter
              ? quadruples(peter, prepared, split, settings)
              : extract(split, settings, progress);
      ExplanationFile.write(file, explanations);
    }
    return assemble(split, Arrays.asList(explanations), settings);
  }

  /** Where they are kept: beside the prepared data, named by split, settings and code. */
  static Path file(Prepared prepared, Split split, ExplanationSettings settings) {
    String key = sha(code() + " " + split.hash() + " " + settings).substring(0, 16);
    return prepared.folder().resolve("explanations-" + key + ".jsonl");
  }

  /** Changes when the rules do. */
  private static String code() {
    StringBuilder sums = new StringBuilder();
    try {
      for (Class<?> rule : RULES) {
        try (InputStream code = rule.getResourceAsStream(rule.getSimpleName() + ".class")) {
          sums.append(DigestUtils.sha256Hex(code)).append(' ');
        }
      }
      for (String list : WordList.ALL) {
        sums.append(new TreeSet<>(WordList.of(list))).append(' ');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sums.toString();
  }

  private static String sha(String text) {
    return DigestUtils.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** PETER's own, words split at blanks. */
  private static Explanation[] quadruples(
      PeterSource source, Prepared prepared, Split split, ExplanationSettings settings) {
    List<PeterSource.Quadruple> all = source.quadruples();
    Explanation[] explanations = new Explanation[split.data().size()];
    for (int row : rows(split)) {
      int line = prepared.lines()[row];
      PeterSource.Quadruple four = all.get(line - 1);
      List<String> words =
          Arrays.asList(four.sentence().strip().toLowerCase(Locale.ROOT).split("\\s+"));
      if (four.sentence().isBlank() || four.feature().isBlank()) {
        throw source.refuse(
            line,
            "expected a template with feature and sentence, found none of one; remove the record");
      }
      explanations[row] =
          new Explanation(
              four.feature().strip().toLowerCase(Locale.ROOT),
              four.adjective().strip().toLowerCase(Locale.ROOT),
              words.subList(0, Math.min(words.size(), settings.explanationWords())),
              Integer.signum(four.score()));
    }
    return explanations;
  }

  private static Explanation[] extract(
      Split split, ExplanationSettings settings, Progress progress) {
    Map<Integer, List<Clause>> clauses = clauses(split, settings, progress);
    FeatureLexicon lexicon = learn(split, clauses, settings);
    Explanation[] explanations = new Explanation[split.data().size()];
    for (int row : rows(split)) {
      List<Explanation> found = new ArrayList<>();
      for (Clause clause : clauses.get(row)) {
        Explanation explanation = lexicon.read(clause);
        if (explanation != null) {
          found.add(explanation);
        }
      }
      if (!found.isEmpty()) {
        explanations[row] = choose(found, split.data(), row, lexicon, settings);
      }
    }
    return explanations;
  }

  /** Learns from the train rows. */
  static FeatureLexicon learn(
      Split split, Map<Integer, List<Clause>> clauses, ExplanationSettings settings) {
    List<List<Clause>> train = new ArrayList<>();
    float[] stars = new float[split.train().length];
    for (int n = 0; n < stars.length; n++) {
      train.add(clauses.get(split.train()[n]));
      stars[n] = split.data().overall(split.train()[n]);
    }
    return new FeatureLexicon(train, stars, settings);
  }

  private static int[] rows(Split split) {
    return IntStream.concat(
            Arrays.stream(split.train()),
            IntStream.concat(Arrays.stream(split.validation()), Arrays.stream(split.test())))
        .toArray();
  }

  /** The clauses of each row that may become an explanation. */
  static Map<Integer, List<Clause>> clauses(
      Split split, ExplanationSettings settings, Progress progress) {
    boolean divide = settings.explanationUnit().equals("clause");
    Clauses first = new Clauses(Clauses.Models.load(), divide);
    ThreadLocal<Clauses> readers = ThreadLocal.withInitial(first::copy);
    int[] rows = rows(split);
    List<List<Clause>> read = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    IntStream.range(0, rows.length)
        .parallel()
        .mapToObj(
            n -> {
              List<Clause> usable = new ArrayList<>();
              for (Clause clause : readers.get().of(split.data().text(rows[n]))) {
                Clause kept = usable(clause, settings);
                if (kept != null) {
                  usable.add(kept);
                }
              }
              int so = done.incrementAndGet();
              if (so % 100 == 0 || so == rows.length) {
                progress.update("reading sentences", so, rows.length);
              }
              return usable;
            })
        .forEachOrdered(read::add);
    Map<Integer, List<Clause>> byRow = new HashMap<>();
    for (int n = 0; n < rows.length; n++) {
      byRow.put(rows[n], read.get(n));
    }
    return byRow;
  }

  private static Clause usable(Clause clause, ExplanationSettings settings) {
    int words = clause.words().size();
    int most = settings.explanationWords();
    if (words < settings.minExplanationWords()
        || words > most && settings.explanationOverlong().equals("drop")
        || settings.firstPerson().equals("drop") && clause.firstPerson()) {
      return null;
    }
    return words <= most
        ? clause
        : new Clause(clause.tokens(), clause.tags(), clause.words().subList(0, most));
  }

  private static Explanation choose(
      List<Explanation> found,
      Interactions data,
      int row,
      FeatureLexicon lexicon,
      ExplanationSettings settings) {
    return switch (settings.explanationChoice()) {
      case "first" -> found.get(0);
      case "frequent" ->
          found.stream()
              .max(Comparator.comparingInt(e -> lexicon.features().get(e.feature())))
              .orElseThrow();
      default -> {
        String pair = data.users().get(data.user(row)) + "\n" + data.items().get(data.item(row));
        int number = Integer.parseInt(sha(pair).substring(0, 7), 16);
        yield found.get(number % found.size());
      }
    };
  }

  private static ExplainedSplit assemble(
      Split split, List<Explanation> explanations, ExplanationSettings settings) {
    Interactions reviews = split.data();
    List<String> features = features(split, explanations, settings);
    Map<String, Integer> numbers = new HashMap<>();
    features.forEach(feature -> numbers.put(feature, numbers.size()));
    int[] featureOf = new int[reviews.size()];
    StringBuilder all = new StringBuilder();
    for (int row = 0; row < featureOf.length; row++) {
      Explanation e = explanations.get(row);
      featureOf[row] = e == null ? -1 : numbers.getOrDefault(e.feature(), -1);
      if (e != null) {
        all.append(row).append('\t').append(e).append('\n');
      }
    }
    Interactions data =
        reviews.withTexts(row -> explanations.get(row) == null ? "" : explanations.get(row).text());
    Split kept =
        Splits.of(
            data,
            only(split.train(), explanations, "train"),
            only(split.validation(), explanations, "validation"),
            only(split.test(), explanations, "test"),
            split.method(),
            split.seed());
    String hash = sha(kept.hash() + "\n" + features + "\n" + all);
    return new ExplainedSplit(kept, reviews, features, featureOf, explanations, hash);
  }

  /** The features of train, the most frequent first, equals in alphabetical order. */
  private static List<String> features(
      Split split, List<Explanation> explanations, ExplanationSettings settings) {
    Map<String, Integer> counts = new HashMap<>();
    for (int row : split.train()) {
      if (explanations.get(row) != null) {
        counts.merge(explanations.get(row).feature(), 1, Integer::sum);
      }
    }
    return counts.keySet().stream()
        .sorted(Comparator.comparing((String f) -> -counts.get(f)).thenComparing(f -> f))
        .limit(settings.maxFeatures() == 0 ? Long.MAX_VALUE : settings.maxFeatures())
        .toList();
  }

  private static int[] only(int[] rows, List<Explanation> explanations, String part) {
    int[] kept = Arrays.stream(rows).filter(row -> explanations.get(row) != null).toArray();
    if (kept.length == 0) {
      throw new InputException(
          "no explanation found in the "
              + part
              + " reviews ("
              + rows.length
              + "); loosen explanationWords, minExplanationWords, minFeatureCount or firstPerson,"
              + " or give more reviews in English");
    }
    return kept;
  }
}
