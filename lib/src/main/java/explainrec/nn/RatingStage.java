package explainrec.nn;

/**
 * A part of a rating model that is trained before the model itself.
 *
 * @param name a short word, for progress lines and the checkpoint's file
 * @param learner what is trained
 * @param plan how
 * @param adopt hands what was learnt on to the model; called when the part is trained
 */
public record RatingStage(String name, RatingLearner learner, TrainingPlan plan, Runnable adopt) {}
