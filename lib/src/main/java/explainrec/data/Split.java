package explainrec.data;

/**
 * Interactions divided into train, validation and test rows; every model of a study shares one.
 *
 * @param data the interactions
 * @param train rows to learn from, ascending
 * @param validation rows to choose the best epoch by, ascending
 * @param test rows to report on, ascending
 * @param method how it was made: {@code random} or {@code user-time}
 * @param seed the seed it was made with
 * @param hash SHA-256 over the data and the three row lists, in hexadecimal
 */
public record Split(
    Interactions data,
    int[] train,
    int[] validation,
    int[] test,
    String method,
    long seed,
    String hash) {}
