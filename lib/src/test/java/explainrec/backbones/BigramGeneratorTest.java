package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.mmi.MmiSettings;
import explainrec.mmi.PolicyGradient;
import explainrec.mmi.RatingClasses;
import explainrec.mmi.RewardModel;
import explainrec.nn.Checkpoint;
import explainrec.nn.Optimization;
import explainrec.nn.Trainer;
import explainrec.text.ExplainedSplit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The generator of notebook 07's exercise: trained by its own loss, then by MMI. */
final class BigramGeneratorTest {
  private static final ExplainedSplit DATA = SmallExplained.grid(10, 8);
  private static final List<String> OPINIONS = List.of("awful", "poor", "fair", "good", "great");

  /** Rewards the opinion that belongs to the rating. */
  private static final RewardModel REWARD =
      new RewardModel() {
        @Override
        public float[][] ratingScores(List<String> texts) {
          float[][] scores = new float[texts.size()][RatingClasses.COUNT];
          for (int n = 0; n < scores.length; n++) {
            for (int y = 0; y < RatingClasses.COUNT; y++) {
              scores[n][y] = texts.get(n).contains(OPINIONS.get(y)) ? 3 : 0;
            }
          }
          return scores;
        }

        @Override
        public float[][] featureScores(List<String> texts) {
          throw new IllegalStateException("not aligned with features");
        }

        @Override
        public void refit(List<String> texts, int[] ratings, int[] features, long seed) {}
      };

  @Test
  void itLearnsItsWordsAndIsAlignedFromThere() {
    try (BigramGenerator generator =
        new BigramGenerator(SmallExplained.vocabulary(DATA), 6, 16, 1)) {
      GeneratorTraining own = new GeneratorTraining(generator, DATA, 16);
      double before = own.validate().score();
      new Trainer(Optimization.adam(0.02), 4, 1, List.of()).train(own, Checkpoint.NONE);
      double after = own.validate().score();
      assertTrue(after < 0.8 * before, after + " against " + before);
      double backbone = right(generator);

      MmiSettings settings = settings();
      try (BigramGenerator frozen =
          new BigramGenerator(SmallExplained.vocabulary(DATA), 6, 16, 1)) {
        frozen.parameters().set(generator.parameters().values());
        PolicyGradient mmi =
            new PolicyGradient(generator, frozen.parameters().frozen(), REWARD, DATA, settings);
        new Trainer(Optimization.adam(0.02), 10, 1, List.of()).train(mmi, Checkpoint.NONE);
      }
      assertTrue(right(generator) > backbone + 0.2, right(generator) + " after " + backbone);
    }
  }

  @Test
  void theSameSeedDrawsTheSame() {
    try (BigramGenerator generator =
        new BigramGenerator(SmallExplained.vocabulary(DATA), 6, 16, 1)) {
      Requests requests = Requests.of(DATA, DATA.split().test());
      int[][] twice = generator.sample(generator.parameters().frozen(), requests, 2, 7);
      assertEquals(2 * requests.size(), twice.length);
      int[][] again = generator.sample(generator.parameters().frozen(), requests, 2, 7);
      IntStream.range(0, twice.length)
          .forEach(n -> assertEquals(generator.words(twice[n]), generator.words(again[n])));
    }
  }

  /** Share of samples that hold the opinion of their rating. */
  private static double right(BigramGenerator generator) {
    Requests requests = Requests.of(DATA, DATA.split().train());
    int[][] samples = generator.sample(generator.parameters().frozen(), requests, 5, 3);
    int[] ratings = RatingClasses.of(requests.repeat(5).ratings());
    return IntStream.range(0, samples.length)
        .mapToDouble(n -> generator.words(samples[n]).contains(OPINIONS.get(ratings[n])) ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static MmiSettings settings() {
    return new MmiSettings(
        "rating",
        0.2,
        "reinforce",
        "pointwise",
        5,
        "mean",
        "fixed",
        0.1,
        0.1,
        0.01,
        "keep",
        "auto",
        "auto",
        "auto",
        5,
        32,
        0,
        10,
        0,
        "generated",
        0,
        0.1,
        0,
        "real");
  }
}
