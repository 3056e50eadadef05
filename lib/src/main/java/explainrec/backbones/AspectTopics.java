package explainrec.backbones;

import explainrec.backbones.ReviewWords.Sentences;
import explainrec.data.Progress;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The aspect-aware topic model of Cheng et al. (2018), fitted by collapsed Gibbs sampling.
 *
 * <p>A sentence of user u about item i is about one aspect: by u's Bernoulli pi_u it takes the side
 * of the user, draws its aspect from lambda_u and each word's topic from theta_{u,a}, or the side
 * of the item with lambda_i and psi_{i,a}; each word is drawn from its topic's phi. A sweep draws
 * every sentence's side and aspect given its topics, then every word's topic, both from their exact
 * conditionals. The last sweep's counts give the estimates, as in the authors' code.
 *
 * <p>The model does not say which aspect of one user is which of another: exchanging two aspects of
 * one user alone changes nothing in it.
 *
 * <p>Shapes: S sentences, A aspects, K topics, V words. Users and items both own aspects: owner o
 * is user o, or item o - U.
 */
final class AspectTopics {
  private static final double TINY = 1e-200;

  private final Sentences text;
  private final AlfmSettings settings;
  private final int aspects;
  private final int topics;
  private final SplittableRandom random;
  private final byte[][] topic; // of each word, (S, words)
  private final int[] side; // 0 the user's, 1 the item's, (S)
  private final int[] aspect; // (S)
  private final int[] ofTopic; // words by owner, aspect and topic, ((U + I) A K)
  private final int[] ofAspect; // words by owner and aspect, ((U + I) A)
  private final int[] sentences; // by owner and aspect, ((U + I) A)
  private final int[] sentencesOf; // by owner, (U + I)
  private final int[][] sides; // sentences by side and user, (2, U)
  private final int[] words; // by word and topic, (V K)
  private final int[] wordsOf; // by topic, (K)

  /**
   * Draws a random start.
   *
   * @param text sentences of the train reviews
   * @param settings aspects, topics, priors and sweeps
   * @param seed of all draws
   */
  AspectTopics(Sentences text, AlfmSettings settings, long seed) {
    this.text = text;
    this.settings = settings;
    this.aspects = settings.alfmAspects();
    this.topics = settings.alfmTopics();
    this.random = new SplittableRandom(seed);
    int owners = text.users() + text.items();
    ofTopic = new int[owners * aspects * topics];
    ofAspect = new int[owners * aspects];
    sentences = new int[owners * aspects];
    sentencesOf = new int[owners];
    sides = new int[2][text.users()];
    words = new int[text.vocabulary() * topics];
    wordsOf = new int[topics];
    int count = text.words().length;
    topic = new byte[count][];
    side = new int[count];
    aspect = new int[count];
    for (int s = 0; s < count; s++) {
      side[s] = random.nextInt(2);
      aspect[s] = random.nextInt(aspects);
      topic[s] = new byte[text.words()[s].length];
      for (int w = 0; w < topic[s].length; w++) {
        topic[s][w] = (byte) random.nextInt(topics);
        words[text.words()[s][w] * topics + topic[s][w]]++;
        wordsOf[topic[s][w]]++;
      }
      count(s, 1);
    }
  }

  /**
   * Samples.
   *
   * @param progress hears of each sweep
   */
  void fit(Progress progress) {
    double[] weights = new double[Math.max(2 * aspects, topics)];
    for (int sweep = 0; sweep < settings.alfmSweeps(); sweep++) {
      progress.update("topics: sweep", sweep, settings.alfmSweeps());
      for (int s = 0; s < topic.length; s++) {
        sampleAspect(s, weights);
        sampleTopics(s, weights);
      }
    }
  }

  private int owner(int s, int ofSide) {
    return ofSide == 0 ? text.user()[s] : text.users() + text.item()[s];
  }

  /** Puts a sentence into the counts of its side and aspect, or takes it out. */
  private void count(int s, int sign) {
    int owner = owner(s, side[s]);
    int cell = owner * aspects + aspect[s];
    sentences[cell] += sign;
    sentencesOf[owner] += sign;
    sides[side[s]][text.user()[s]] += sign;
    ofAspect[cell] += sign * topic[s].length;
    for (byte k : topic[s]) {
      ofTopic[cell * topics + k] += sign;
    }
  }

  /** Draws side and aspect of a sentence given the topics of its words. */
  private void sampleAspect(int s, double[] weights) {
    count(s, -1);
    double most = Double.NEGATIVE_INFINITY;
    for (int place = 0; place < 2 * aspects; place++) {
      weights[place] = logWeight(s, place / aspects, place % aspects);
      most = Math.max(most, weights[place]);
    }
    for (int place = 0; place < 2 * aspects; place++) {
      weights[place] = Math.exp(weights[place] - most);
    }
    int drawn = draw(weights, 2 * aspects);
    side[s] = drawn / aspects;
    aspect[s] = drawn % aspects;
    count(s, 1);
  }

  /** Log of the unnormalized probability of a side and an aspect; the sentence is in no count. */
  private double logWeight(int s, int ofSide, int a) {
    int owner = owner(s, ofSide);
    int cell = owner * aspects + a;
    double gamma = settings.alfmAspectPrior();
    double alpha = settings.alfmTopicPrior();
    double product =
        (sides[ofSide][text.user()[s]] + settings.alfmSidePrior())
            * (sentences[cell] + gamma)
            / (sentencesOf[owner] + aspects * gamma);
    double log = 0;
    byte[] drawn = topic[s];
    int from = cell * topics;
    // Each word is in the counts for those after it, and taken out again below.
    for (int w = 0; w < drawn.length; w++) {
      product *= (ofTopic[from + drawn[w]]++ + alpha) / (ofAspect[cell] + w + topics * alpha);
      if (product < TINY) {
        log += Math.log(product);
        product = 1;
      }
    }
    for (byte k : drawn) {
      ofTopic[from + k]--;
    }
    return log + Math.log(product);
  }

  /** Draws the topic of each word given the sentence's side and aspect. */
  private void sampleTopics(int s, double[] weights) {
    int from = (owner(s, side[s]) * aspects + aspect[s]) * topics;
    double alpha = settings.alfmTopicPrior();
    double beta = settings.alfmWordPrior();
    double allWords = text.vocabulary() * beta;
    for (int w = 0; w < topic[s].length; w++) {
      int word = text.words()[s][w] * topics;
      int old = topic[s][w];
      ofTopic[from + old]--;
      words[word + old]--;
      wordsOf[old]--;
      for (int k = 0; k < topics; k++) {
        weights[k] =
            (ofTopic[from + k] + alpha) * (words[word + k] + beta) / (wordsOf[k] + allWords);
      }
      int drawn = draw(weights, topics);
      topic[s][w] = (byte) drawn;
      ofTopic[from + drawn]++;
      words[word + drawn]++;
      wordsOf[drawn]++;
    }
  }

  private int draw(double[] weights, int count) {
    double sum = 0;
    for (int n = 0; n < count; n++) {
      sum += weights[n];
    }
    double left = random.nextDouble() * sum;
    int drawn = 0;
    while (drawn < count - 1 && left >= weights[drawn]) {
      left -= weights[drawn++];
    }
    return drawn;
  }

  /**
   * Topics of every aspect of users (theta) or items (psi).
   *
   * @param items whose
   * @return rows sum to 1, (U A K) or (I A K)
   */
  float[] topics(boolean items) {
    int from = items ? text.users() * aspects : 0;
    int to = items ? ofAspect.length : text.users() * aspects;
    float[] theta = new float[(to - from) * topics];
    double alpha = settings.alfmTopicPrior();
    for (int n = 0; n < theta.length; n++) {
      int cell = from + n / topics;
      theta[n] = (float) ((ofTopic[from * topics + n] + alpha) / (ofAspect[cell] + topics * alpha));
    }
    return theta;
  }

  /**
   * Aspects of users or items, lambda.
   *
   * @param items whose
   * @return rows sum to 1, (U A) or (I A)
   */
  float[] aspects(boolean items) {
    int from = items ? text.users() * aspects : 0;
    int to = items ? ofAspect.length : text.users() * aspects;
    float[] lambda = new float[to - from];
    double gamma = settings.alfmAspectPrior();
    for (int n = 0; n < lambda.length; n++) {
      int owner = (from + n) / aspects;
      lambda[n] = (float) ((sentences[from + n] + gamma) / (sentencesOf[owner] + aspects * gamma));
    }
    return lambda;
  }

  /** How often each user takes the user's side, pi, (U). */
  float[] sides() {
    float[] pi = new float[text.users()];
    double eta = settings.alfmSidePrior();
    for (int u = 0; u < pi.length; u++) {
      pi[u] = (float) ((sides[0][u] + eta) / (sides[0][u] + sides[1][u] + 2 * eta));
    }
    return pi;
  }

  /** Words of each topic, phi; rows sum to 1, (K, V). */
  double[][] words() {
    double[][] phi = new double[topics][text.vocabulary()];
    double beta = settings.alfmWordPrior();
    for (int k = 0; k < topics; k++) {
      int topicNumber = k;
      double sum = wordsOf[k] + text.vocabulary() * beta;
      Arrays.setAll(phi[k], word -> (words[word * topics + topicNumber] + beta) / sum);
    }
    return phi;
  }
}
