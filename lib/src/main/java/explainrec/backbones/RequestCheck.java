package explainrec.backbones;

import explainrec.data.InputException;
import explainrec.text.ExplainedSplit;

/**
 * Refuses requests that a generator cannot read.
 *
 * @param users how many it knows
 * @param items how many it knows
 * @param features how many it knows
 */
record RequestCheck(int users, int items, int features) {

  /**
   * The limits of some data.
   *
   * @param data explained
   */
  static RequestCheck of(ExplainedSplit data) {
    return new RequestCheck(
        data.split().data().users().size(),
        data.split().data().items().size(),
        data.features().size());
  }

  /**
   * Requires known users and items.
   *
   * @param requests any
   * @throws InputException naming the first that is not known
   */
  void pairs(Requests requests) {
    for (int n = 0; n < requests.size(); n++) {
      require(n, "user", requests.users()[n], 0, users);
      require(n, "item", requests.items()[n], 0, items);
    }
  }

  /**
   * Requires known features, or none.
   *
   * @param requests any
   * @throws InputException naming the first that is not known
   */
  void features(Requests requests) {
    for (int n = 0; n < requests.size(); n++) {
      require(n, "feature", requests.features()[n], -1, features);
    }
  }

  /**
   * Requires ratings that are numbers.
   *
   * @param requests any
   * @throws InputException naming the first that is not one
   */
  void ratings(Requests requests) {
    for (int n = 0; n < requests.size(); n++) {
      if (!Float.isFinite(requests.ratings()[n])) {
        throw new InputException(
            "request "
                + (n + 1)
                + ": rating "
                + requests.ratings()[n]
                + ", expected a number from 1 to 5; was the rating's model trained?");
      }
    }
  }

  private static void require(int n, String what, int number, int least, int count) {
    if (number < least || number >= count) {
      throw new InputException(
          "request "
              + (n + 1)
              + ": "
              + what
              + " number "
              + number
              + ", expected "
              + least
              + " to "
              + (count - 1)
              + (least < 0 ? " (-1 for none)" : "")
              + "; take it from the data that the generator was trained on");
    }
  }
}
