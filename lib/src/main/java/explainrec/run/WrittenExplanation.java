package explainrec.run;

/**
 * A written explanation beside the real one; it stays on the machine that wrote it.
 *
 * @param row of the interactions
 * @param user as the data name them
 * @param item as the data name it
 * @param realRating the user's overall rating
 * @param rating the rating that the explanation goes with, predicted or given
 * @param feature what it should speak of; empty without
 * @param real the real explanation
 * @param written what the model wrote
 */
public record WrittenExplanation(
    int row,
    String user,
    String item,
    double realRating,
    double rating,
    String feature,
    String real,
    String written) {}
