package explainrec.t5;

import java.util.SplittableRandom;

/** What a language model is asked for while it is pre-trained. */
@FunctionalInterface
public interface Objective {
  /**
   * Makes a question and its answer of a text.
   *
   * @param text its ids, at least one before the end id
   * @param random of this text in this epoch
   * @return what the encoder sees and the decoder has to write
   */
  Example of(int[] text, SplittableRandom random);
}
