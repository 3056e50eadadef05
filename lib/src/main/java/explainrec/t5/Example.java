package explainrec.t5;

/**
 * One text as an objective asks for it.
 *
 * @param input ids for the encoder, the end id last
 * @param target ids for the decoder to write, the end id last
 */
public record Example(int[] input, int[] target) {}
