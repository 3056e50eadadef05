package explainrec.backbones;

import explainrec.data.Check;
import explainrec.nn.Optimization;
import explainrec.nn.TrainingPlan;

/**
 * Settings of ALFM and of the topic model that it reads.
 *
 * @param alfmAspects A, aspects of the topic model (not those that the data have ratings of),
 *     1..100
 * @param alfmTopics K, topics, 2..100
 * @param alfmAspectPrior gamma, Dirichlet prior of aspects, above 0 up to 100
 * @param alfmTopicPrior alpha, Dirichlet prior of topics, above 0 up to 100
 * @param alfmWordPrior beta, Dirichlet prior of words, above 0 up to 100
 * @param alfmSidePrior eta, both parameters of the Beta prior of writing about oneself or about the
 *     item, above 0 up to 100
 * @param alfmSweeps Gibbs sweeps over all train sentences, 1..100000
 * @param alfmVocabulary words at most, the most frequent of train, 10..1000000
 * @param alfmWidth f, factors of a user or item, 1..4096
 * @param alfmRegularization weight of the squared lengths of factors and biases, 0..100
 * @param alfmSparsity weight of the aspect weights' absolute values, 0..100
 * @param alfmStart standard deviation that factors, weights and biases start with, above 0 up to 10
 * @param alfmOptimizer {@code sgd} (paper) or {@code adam}
 * @param alfmLearningRate step size, above 0 up to 1
 * @param alfmBatchSize interactions a step, 1..65536; the paper takes one after the other
 * @param alfmEpochs epochs at most, 1..10000
 * @param alfmPatience epochs without a better validation RMSE before training stops; 0 never
 */
public record AlfmSettings(
    int alfmAspects,
    int alfmTopics,
    double alfmAspectPrior,
    double alfmTopicPrior,
    double alfmWordPrior,
    double alfmSidePrior,
    int alfmSweeps,
    int alfmVocabulary,
    int alfmWidth,
    double alfmRegularization,
    double alfmSparsity,
    double alfmStart,
    String alfmOptimizer,
    double alfmLearningRate,
    int alfmBatchSize,
    int alfmEpochs,
    int alfmPatience) {
  private static final double SMALLEST = 1e-9;

  /** Checks every range. */
  public AlfmSettings {
    Check.range("alfmAspects", alfmAspects, 1, 100);
    Check.range("alfmTopics", alfmTopics, 2, 100);
    Check.range("alfmAspectPrior", alfmAspectPrior, SMALLEST, 100);
    Check.range("alfmTopicPrior", alfmTopicPrior, SMALLEST, 100);
    Check.range("alfmWordPrior", alfmWordPrior, SMALLEST, 100);
    Check.range("alfmSidePrior", alfmSidePrior, SMALLEST, 100);
    Check.range("alfmSweeps", alfmSweeps, 1, 100000);
    Check.range("alfmVocabulary", alfmVocabulary, 10, 1000000);
    Check.range("alfmWidth", alfmWidth, 1, 4096);
    Check.range("alfmRegularization", alfmRegularization, 0, 100);
    Check.range("alfmSparsity", alfmSparsity, 0, 100);
    Check.range("alfmStart", alfmStart, SMALLEST, 10);
    Check.oneOf("alfmOptimizer", alfmOptimizer, "sgd", "adam");
    Check.range("alfmLearningRate", alfmLearningRate, SMALLEST, 1);
    Check.range("alfmBatchSize", alfmBatchSize, 1, 65536);
    Check.range("alfmEpochs", alfmEpochs, 1, 10000);
    Check.range("alfmPatience", alfmPatience, 0, 10000);
  }

  /**
   * The paper's settings: 5 aspects, 5 topics, 5 factors, gradient descent one rating after the
   * other. All other numbers are those of the authors' code.
   *
   * @return gamma 0.5, alpha 0.1, beta 0.01, eta 1, 120 sweeps; step size 0.01, regularization 0.5,
   *     sparsity 0.01, 20 epochs; the limit to the vocabulary is inferred
   */
  public static AlfmSettings paper() {
    return new AlfmSettings(
        5, 5, 0.5, 0.1, 0.01, 1, 120, 50000, 5, 0.5, 0.01, 0.1, "sgd", 0.01, 1, 20, 0);
  }

  /**
   * How the ratings are trained.
   *
   * @return optimizer, epochs, patience
   */
  public TrainingPlan plan() {
    return new TrainingPlan(
        new Optimization(alfmOptimizer, alfmLearningRate, 0, 1), alfmEpochs, alfmPatience);
  }
}
