package explainrec.data;

/**
 * What one filter step left over.
 *
 * @param name the step, a few words
 * @param rows reviews left
 * @param users users with at least one of them
 * @param items items with at least one of them
 */
public record FilterStep(String name, int rows, int users, int items) {}
