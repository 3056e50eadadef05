package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.backbones.ReviewWords.Sentences;
import explainrec.data.Progress;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The topic model finds again what sentences were made from. */
final class AspectTopicsTest {
  private static final int TOPICS = 3;
  private static final int OWN = 8; // words that only one topic has
  private static final int USERS = 12;
  private static final int ITEMS = 10;

  private static AlfmSettings settings(int sweeps) {
    return new AlfmSettings(
        2, TOPICS, 0.5, 0.1, 0.01, 1, sweeps, 1000, 5, 0.5, 0.01, 0.1, "sgd", 0.01, 1, 1, 0);
  }

  /**
   * Sentences by the model's own story: users 0 to 5 mostly write of themselves, and of topic 0;
   * the others mostly write of the item, even items of topic 1, odd ones of topic 2.
   */
  private static Sentences made(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = USERS * ITEMS * 4;
    int[][] words = new int[count][6];
    int[] user = new int[count];
    int[] item = new int[count];
    for (int s = 0; s < count; s++) {
      user[s] = s % USERS;
      item[s] = s / USERS % ITEMS;
      boolean own = random.nextDouble() < (user[s] < USERS / 2 ? 0.9 : 0.1);
      int topic = own ? 0 : 1 + item[s] % 2;
      for (int w = 0; w < words[s].length; w++) {
        int drawn = random.nextDouble() < 0.9 ? topic : random.nextInt(TOPICS);
        words[s][w] = drawn * OWN + random.nextInt(OWN);
      }
    }
    return new Sentences(TOPICS * OWN, USERS, ITEMS, words, user, item);
  }

  private static AspectTopics fitted(long seed, int sweeps) {
    AspectTopics topics = new AspectTopics(made(1), settings(sweeps), seed);
    topics.fit(Progress.SILENT);
    return topics;
  }

  /** Which found topic has most of the words that only a true topic has. */
  private static int found(double[][] phi, int truth) {
    int best = 0;
    for (int k = 0; k < TOPICS; k++) {
      if (share(phi[k], truth) > share(phi[best], truth)) {
        best = k;
      }
    }
    return best;
  }

  private static double share(double[] phi, int truth) {
    return Arrays.stream(phi, truth * OWN, (truth + 1) * OWN).sum();
  }

  @Test
  void theTopicsOfTheWordsAreFoundAgain() {
    double[][] phi = fitted(2, 60).words();
    for (int truth = 0; truth < TOPICS; truth++) {
      double most = share(phi[found(phi, truth)], truth);
      assertTrue(most > 0.95, "topic " + truth + ": " + most);
    }
    assertEquals(3, Arrays.stream(new int[] {0, 1, 2}).map(t -> found(phi, t)).distinct().count());
    for (double[] row : phi) {
      assertEquals(1, Arrays.stream(row).sum(), 1e-9);
    }
  }

  @Test
  void itemsHaveTheTopicThatTheyWereMadeWith() {
    AspectTopics topics = fitted(2, 60);
    double[][] phi = topics.words();
    float[] psi = topics.topics(true);
    float[] lambda = topics.aspects(true);
    for (int i = 0; i < ITEMS; i++) {
      double[] mixed = new double[TOPICS];
      for (int a = 0; a < 2; a++) {
        for (int k = 0; k < TOPICS; k++) {
          mixed[k] += lambda[i * 2 + a] * psi[(i * 2 + a) * TOPICS + k];
        }
      }
      int own = found(phi, 1 + i % 2);
      int other = found(phi, 2 - i % 2);
      assertTrue(mixed[own] > 3 * mixed[other], "item " + i + ": " + Arrays.toString(mixed));
    }
  }

  @Test
  void estimatesAreDistributions() {
    AspectTopics topics = fitted(3, 5);
    for (boolean items : new boolean[] {false, true}) {
      float[] theta = topics.topics(items);
      assertEquals((items ? ITEMS : USERS) * 2 * TOPICS, theta.length);
      for (int cell = 0; cell < theta.length / TOPICS; cell++) {
        double sum = 0;
        for (int k = 0; k < TOPICS; k++) {
          sum += theta[cell * TOPICS + k];
        }
        assertEquals(1, sum, 1e-6);
      }
      float[] lambda = topics.aspects(items);
      for (int e = 0; e < lambda.length / 2; e++) {
        assertEquals(1, lambda[2 * e] + lambda[2 * e + 1], 1e-6);
      }
    }
    for (float pi : topics.sides()) {
      assertTrue(pi > 0 && pi < 1);
    }
  }

  @Test
  void theSameSeedDrawsTheSame() {
    assertArrayEquals(fitted(4, 3).topics(false), fitted(4, 3).topics(false));
    assertFalse(Arrays.equals(fitted(4, 3).topics(false), fitted(5, 3).topics(false)));
  }

  /** Long sentences: the product of their words' probabilities is smaller than any double. */
  @Test
  void aSentenceOfAThousandWordsHasAnAspect() {
    int[] words = new int[1000];
    Arrays.setAll(words, n -> n % 5);
    AspectTopics topics =
        new AspectTopics(
            new Sentences(5, 1, 1, new int[][] {words}, new int[1], new int[1]), settings(3), 1);
    topics.fit(Progress.SILENT);
    float[] pi = topics.sides();
    assertTrue(pi[0] == 2 / 3f || pi[0] == 1 / 3f, "one sentence on one side: " + pi[0]);
  }
}
