package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import explainrec.data.Split;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import explainrec.text.Vocabulary;
import java.util.Arrays;
import java.util.List;

/**
 * How ANR reads (Chin et al. 2018): from the train reviews of a user or an item, one representation
 * an aspect. A word is projected by the aspect's W_a; its attention is the softmax, over the words
 * of the document, of v_a times the projections of the word and its neighbours; the representation
 * is the attended sum of the projections. Users and items share W_a and v_a.
 *
 * <p>What a word is projected to does not depend on its document, so the whole vocabulary is
 * projected once a step and looked up: the same numbers with far fewer products. A user or item
 * that stands in a batch more than once is read once. Words that fill up short documents get no
 * attention; who has no train review is represented by zeros.
 *
 * <p>Shapes: B batch, D documents, L words, K aspects, h = h1, c window, V words known, E word
 * width.
 */
final class AnrReader {
  private static final String WORDS = "word.vectors";
  private static final String PROJECTION = "aspect.projection";
  private static final String ATTENTION = "aspect.attention";

  /** The parameters that pretraining hands on. */
  static final List<String> NAMES = List.of(WORDS, PROJECTION, ATTENTION);

  private final AnrSettings settings;
  private final int vocabulary;
  private final int[][] userDocuments;
  private final int[][] itemDocuments;

  /**
   * Reads the train reviews.
   *
   * @param split whose train rows are read
   * @param settings of the model
   */
  AnrReader(Split split, AnrSettings settings) {
    this(settings, new ReviewWords(split, settings.anrVocabulary(), false), split);
  }

  private AnrReader(AnrSettings settings, ReviewWords words, Split split) {
    this(
        settings,
        words.size(),
        words.documents(split.data()::user, split.data().users().size(), settings.anrWords()),
        words.documents(split.data()::item, split.data().items().size(), settings.anrWords()));
  }

  /**
   * Takes documents as they are.
   *
   * @param settings of the model
   * @param vocabulary word numbers there are, V
   * @param userDocuments word numbers, from 1, of each user's document, (U)
   * @param itemDocuments the same of items, (I)
   */
  AnrReader(AnrSettings settings, int vocabulary, int[][] userDocuments, int[][] itemDocuments) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.userDocuments = userDocuments;
    this.itemDocuments = itemDocuments;
  }

  /**
   * Describes word vectors, W_a and v_a.
   *
   * @param builder takes them
   * @param rate what their learning rate is multiplied by
   */
  void describe(Parameters.Builder builder, double rate) {
    if (settings.anrWordVectors().equals("google-news")) {
      throw InputException.setting(
          "anrWordVectors",
          "google-news",
          "trained | random here: the kit does not have the Google News vectors");
    }
    int k = settings.anrAspects();
    int h = settings.anrWidth();
    boolean trained = settings.anrWordVectors().equals("trained");
    Initial small = Initial.uniform(-0.01, 0.01);
    builder
        .add(WORDS, Initial.normal(0.1), vocabulary, settings.anrWordWidth())
        .add(PROJECTION, small, k, settings.anrWordWidth(), h)
        .add(ATTENTION, small, k, (long) settings.anrWindow() * h)
        .rate(WORDS, trained ? rate : 0)
        .rate(PROJECTION, rate)
        .rate(ATTENTION, rate);
  }

  /**
   * Representations of a batch's users and items.
   *
   * @param user one representation an aspect, (B, K, h)
   * @param item the same of items, (B, K, h)
   */
  record Read(NDArray user, NDArray item) {}

  /**
   * Reads the documents of pairs.
   *
   * @param weights the parameters
   * @param manager of the batch's word numbers
   * @param pairs B of them
   * @return representations
   */
  Read read(Weights weights, NDManager manager, PairRatings.Pairs pairs) {
    int[] users = Arrays.stream(pairs.users()).sorted().distinct().toArray();
    int[] items = Arrays.stream(pairs.items()).sorted().distinct().toArray();
    int[][] documents = new int[users.length + items.length][];
    for (int n = 0; n < users.length; n++) {
      documents[n] = userDocuments[users[n]];
    }
    for (int n = 0; n < items.length; n++) {
      documents[users.length + n] = itemDocuments[items[n]];
    }
    int k = settings.anrAspects();
    int h = settings.anrWidth();
    NDArray all = represent(weights, manager, documents).reshape(documents.length, (long) k * h);
    long[] ofUser = new long[pairs.users().length];
    long[] ofItem = new long[ofUser.length];
    for (int n = 0; n < ofUser.length; n++) {
      ofUser[n] = Arrays.binarySearch(users, pairs.users()[n]);
      ofItem[n] = users.length + Arrays.binarySearch(items, pairs.items()[n]);
    }
    return new Read(
        Layers.embed(manager.create(ofUser), all).reshape(-1, k, h),
        Layers.embed(manager.create(ofItem), all).reshape(-1, k, h));
  }

  /** One representation an aspect of each document, (D, K, h). */
  private NDArray represent(Weights weights, NDManager manager, int[][] documents) {
    int k = settings.anrAspects();
    int h = settings.anrWidth();
    int c = settings.anrWindow();
    int longest = Math.max(1, Arrays.stream(documents).mapToInt(d -> d.length).max().orElse(1));
    int edge = c / 2;
    NDArray tables = tables(weights, manager); // (V, K h + K c)
    NDList parts = tables.split(new long[] {(long) k * h}, 1);
    NDArray words = manager.create(numbers(documents, longest, 0));
    NDArray padded = manager.create(numbers(documents, longest + 2 * edge, edge));
    NDArray projected =
        Layers.embed(words, parts.get(0)).reshape(documents.length, longest, k, h); // (D, L, K, h)
    NDArray products =
        Layers.embed(padded, parts.get(1))
            .reshape(documents.length, longest + 2 * edge, c, k); // (D, L + c - 1, c, K)
    NDArray scores = manager.create(mask(documents, longest)).reshape(-1, longest, 1); // (D, L, 1)
    NDList byPlace = c == 1 ? new NDList(products) : products.split(c, 2);
    for (int place = 0; place < c; place++) {
      scores = scores.add(from(byPlace.get(place).squeeze(2), place, longest)); // (D, L, K)
    }
    NDArray attention = scores.softmax(1).expandDims(3); // (D, L, K, 1)
    return projected.mul(attention).sum(new int[] {1});
  }

  /**
   * What every word is projected to by each aspect, and what attention gains from it at each place
   * of the window; zeros for the mark that fills up, (V, K h + c K).
   */
  private NDArray tables(Weights weights, NDManager manager) {
    int k = settings.anrAspects();
    int h = settings.anrWidth();
    int c = settings.anrWindow();
    int e = settings.anrWordWidth();
    NDArray projection = weights.get(PROJECTION); // (K, E, h)
    NDArray attention = weights.get(ATTENTION).reshape(k, c, h).swapAxes(1, 2); // (K, h, c)
    NDArray gains = projection.matMul(attention); // (K, E, c)
    NDArray both =
        NDArrays.concat(
            new NDList(
                projection.transpose(1, 0, 2).reshape(e, (long) k * h),
                gains.transpose(1, 2, 0).reshape(e, (long) c * k)),
            1); // (E, K h + c K)
    float[] known = new float[vocabulary];
    Arrays.fill(known, 1);
    known[Vocabulary.PAD] = 0;
    return weights.get(WORDS).matMul(both).mul(manager.create(known, new Shape(vocabulary, 1)));
  }

  private static NDArray from(NDArray x, int start, int length) {
    long end = start + length;
    long all = x.getShape().get(1);
    if (start == 0 && end == all) {
      return x;
    }
    if (start == 0) {
      return x.split(new long[] {end}, 1).get(0);
    }
    return end == all
        ? x.split(new long[] {start}, 1).get(1)
        : x.split(new long[] {start, end}, 1).get(1);
  }

  private static long[] numbers(int[][] documents, int length, int edge) {
    long[] numbers = new long[documents.length * length]; // PAD is 0
    for (int d = 0; d < documents.length; d++) {
      for (int w = 0; w < documents[d].length; w++) {
        numbers[d * length + edge + w] = documents[d][w];
      }
    }
    return numbers;
  }

  private static float[] mask(int[][] documents, int length) {
    float[] mask = new float[documents.length * length];
    Arrays.fill(mask, -1e9f);
    for (int d = 0; d < documents.length; d++) {
      Arrays.fill(mask, d * length, d * length + documents[d].length, 0);
    }
    return mask;
  }
}
