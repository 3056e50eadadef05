package explainrec.t5;

import java.util.List;

/**
 * Texts to pre-train on.
 *
 * @param name the data set's name, for the label
 * @param hash of the split they come from
 * @param train texts to learn from: the train split's, and no others
 * @param validation texts to choose the best epoch by
 */
public record PretrainingData(
    String name, String hash, List<String> train, List<String> validation) {}
