package explainrec.backbones;

import explainrec.data.Check;
import explainrec.nn.Optimization;
import explainrec.nn.TrainingPlan;

/**
 * Settings of the neural collaborative filtering models MLP and NeuMF.
 *
 * @param ncfFactors predictive factors: width of the last hidden layer and of GMF's embeddings,
 *     1..1024
 * @param ncfLayers hidden layers of MLP, each half as wide as the one below it, 1..10
 * @param ncfInitial how weights start: {@code normal} (paper: all normal with deviation 0.01) or
 *     {@code xavier} (the authors' code: so for embeddings, Xavier-uniform for layers)
 * @param ncfLearningRate Adam's step size, above 0 up to 1
 * @param ncfBatchSize interactions a step, 1..65536
 * @param ncfEpochs epochs at most, 1..10000; of GMF and MLP before NeuMF, too
 * @param ncfPatience epochs without a better validation RMSE before training stops; 0 never
 * @param neumfPretraining {@code gmf-mlp} (paper: NeuMF starts from a trained GMF and a trained MLP
 *     and goes on by plain SGD) or {@code none} (Adam from a random start)
 * @param neumfTradeOff alpha, GMF's part in NeuMF's start, 0..1
 * @param neumfLearningRate step size of SGD after pretraining, above 0 up to 1
 */
public record NcfSettings(
    int ncfFactors,
    int ncfLayers,
    String ncfInitial,
    double ncfLearningRate,
    int ncfBatchSize,
    int ncfEpochs,
    int ncfPatience,
    String neumfPretraining,
    double neumfTradeOff,
    double neumfLearningRate) {
  /** Checks every range. */
  public NcfSettings {
    Check.range("ncfFactors", ncfFactors, 1, 1024);
    Check.range("ncfLayers", ncfLayers, 1, 10);
    Check.oneOf("ncfInitial", ncfInitial, "normal", "xavier");
    Check.range("ncfLearningRate", ncfLearningRate, 1e-9, 1);
    Check.range("ncfBatchSize", ncfBatchSize, 1, 65536);
    Check.range("ncfEpochs", ncfEpochs, 1, 10000);
    Check.range("ncfPatience", ncfPatience, 0, 10000);
    Check.oneOf("neumfPretraining", neumfPretraining, "gmf-mlp", "none");
    Check.range("neumfTradeOff", neumfTradeOff, 0, 1);
    Check.range("neumfLearningRate", neumfLearningRate, 1e-9, 1);
  }

  /**
   * The paper's settings where it names one, else the defaults of the authors' code.
   *
   * @return 8 factors and 3 layers (32, 16, 8), normal start, Adam 1e-3, batch 256, 20 epochs,
   *     pretraining with alpha 0.5; SGD's 1e-3 and the epochs are the code's
   */
  public static NcfSettings paper() {
    return new NcfSettings(8, 3, "normal", 1e-3, 256, 20, 0, "gmf-mlp", 0.5, 1e-3);
  }

  /** Whether NeuMF starts from trained parts. */
  boolean pretrained() {
    return neumfPretraining.equals("gmf-mlp");
  }

  /**
   * How GMF and MLP are trained, and NeuMF from a random start.
   *
   * @return Adam, epochs, patience
   */
  public TrainingPlan plan() {
    return new TrainingPlan(Optimization.adam(ncfLearningRate), ncfEpochs, ncfPatience);
  }

  /**
   * How NeuMF is trained.
   *
   * @return by plain SGD if it was pretrained, else as the others
   */
  public TrainingPlan neumfPlan() {
    return pretrained()
        ? new TrainingPlan(new Optimization("sgd", neumfLearningRate, 0, 1), ncfEpochs, ncfPatience)
        : plan();
  }
}
