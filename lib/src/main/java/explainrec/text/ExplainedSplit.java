package explainrec.text;

import explainrec.data.Split;
import java.util.List;

/**
 * A split in which every row has a short explanation; rows without one are left out.
 *
 * <p>{@code split.data()} has the same rows, users and items as the reviews' data; its texts are
 * the explanations' words with blanks between, empty for rows that have none (and are in no part of
 * the split).
 *
 * @param split train, validation and test rows that have an explanation
 * @param reviews the data whose texts are the whole reviews; the same row numbers
 * @param features feature words, by number; the most frequent in train first
 * @param featureOf number of each row's feature, -1 where the row has no explanation or its feature
 *     is not among {@code features}, (N)
 * @param explanations of each row; null where it has none, (N)
 * @param hash SHA-256 over the rows and their explanations, in hexadecimal
 */
public record ExplainedSplit(
    Split split,
    explainrec.data.Interactions reviews,
    List<String> features,
    int[] featureOf,
    List<Explanation> explanations,
    String hash) {}
