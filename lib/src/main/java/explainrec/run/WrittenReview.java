package explainrec.run;

/**
 * A written review beside the real one; it stays on the machine that wrote it.
 *
 * @param row of the interactions
 * @param user as the data name them
 * @param item as the data name it
 * @param real what the user wrote
 * @param written what the model wrote
 */
public record WrittenReview(int row, String user, String item, String real, String written) {}
