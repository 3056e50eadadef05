package explainrec.nn;

import java.util.Map;

/**
 * What one epoch came to.
 *
 * @param epoch from 1
 * @param losses mean of the loss ({@code loss}) and of its parts over the epoch's examples
 * @param score validation score, lower is better
 * @param validation other validation numbers, by name
 * @param examples rows trained on
 * @param trainSeconds wall time of the steps
 * @param seconds wall time with validation
 */
public record EpochLog(
    int epoch,
    Map<String, Double> losses,
    double score,
    Map<String, Double> validation,
    long examples,
    double trainSeconds,
    double seconds) {}
