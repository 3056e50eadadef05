package explainrec.data;

import java.util.List;
import java.util.function.Consumer;

/** Where reviews come from: a file in one of the known forms, or the generated world. */
public interface ReviewSource {
  /**
   * The data set's name, for folders and table titles.
   *
   * @return letters, digits and hyphens
   */
  String name();

  /**
   * The aspects that this source rates, in the order of {@link Review#aspects()}.
   *
   * @return names, lower case
   */
  List<String> aspects();

  /**
   * The scale of the overall rating.
   *
   * @return the source's scale
   */
  Scale overallScale();

  /**
   * The scales of the aspect ratings.
   *
   * @return one for each of {@link #aspects()}
   */
  List<Scale> aspectScales();

  /**
   * Streams the reviews, each once, in the order of the source; never holds them all.
   *
   * @param sink is handed each review
   * @throws InputException when a line cannot be read, naming file and line
   */
  void read(Consumer<Review> sink);

  /**
   * A value that changes when the source's bytes (or a generator's settings) change.
   *
   * @return SHA-256, in hexadecimal
   */
  String fingerprint();
}
