package explainrec.run;

import explainrec.nn.Optimization;

/**
 * How a generator's backbone is trained.
 *
 * @param optimization optimizer, learning rate, clipping
 * @param batchSize explanations a step
 * @param epochs at most
 * @param patience epochs without a better validation before training stops; 0 never
 */
record BackboneTraining(Optimization optimization, int batchSize, int epochs, int patience) {}
