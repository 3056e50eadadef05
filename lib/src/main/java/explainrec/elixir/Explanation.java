package explainrec.elixir;

/**
 * What ELIXIR says about a user and an item.
 *
 * @param user as the data name them
 * @param item as the data name it
 * @param overall predicted rating, not clipped
 * @param aspects predicted aspect ratings in the order of the data's aspects, not clipped, (A)
 * @param userAttention how much each aspect matters to the user (alpha_u of eq. 3), summing to 1,
 *     (A); null in a variant without attention
 * @param itemAttention the same for the item
 * @param review the written text
 */
public record Explanation(
    String user,
    String item,
    float overall,
    float[] aspects,
    float[] userAttention,
    float[] itemAttention,
    String review) {}
