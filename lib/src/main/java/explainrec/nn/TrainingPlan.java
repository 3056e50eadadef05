package explainrec.nn;

/**
 * How long and by which optimizer something is trained.
 *
 * @param optimization how gradients become updates
 * @param epochs at most, at least 1
 * @param patience epochs without a better validation score before training stops; 0 never stops
 *     early
 */
public record TrainingPlan(Optimization optimization, int epochs, int patience) {}
