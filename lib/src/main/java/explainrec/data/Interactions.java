package explainrec.data;

import java.util.List;

/**
 * Filtered reviews, column by column, ratings already on 1..5; texts stay on disk until asked for.
 *
 * <p>Row n is one interaction. Users and items are numbered from 0 in order of first appearance.
 */
public final class Interactions {
  private final String name;
  private final List<String> aspects;
  private final List<String> users;
  private final List<String> items;
  private final int[] user;
  private final int[] item;
  private final float[] overall;
  private final float[] aspectRatings;
  private final long[] time;
  private final Texts texts;

  /**
   * Holds the columns as given, without copying.
   *
   * @param name the data set's name
   * @param aspects aspect names, A of them
   * @param users user ids by number
   * @param items item ids by number
   * @param user user number of each row, (N)
   * @param item item number of each row, (N)
   * @param overall overall rating of each row, 1..5, (N)
   * @param aspectRatings aspect ratings, 1..5, row by row, (N * A)
   * @param time seconds since 1970 of each row, or {@link Review#NO_TIME}, (N)
   * @param texts the cleaned texts, by row
   */
  public Interactions(
      String name,
      List<String> aspects,
      List<String> users,
      List<String> items,
      int[] user,
      int[] item,
      float[] overall,
      float[] aspectRatings,
      long[] time,
      Texts texts) {
    int n = user.length;
    if (item.length != n
        || overall.length != n
        || aspectRatings.length != n * aspects.size()
        || time.length != n) {
      throw new IllegalArgumentException("columns of different lengths");
    }
    this.name = name;
    this.aspects = List.copyOf(aspects);
    this.users = users;
    this.items = items;
    this.user = user;
    this.item = item;
    this.overall = overall;
    this.aspectRatings = aspectRatings;
    this.time = time;
    this.texts = texts;
  }

  /**
   * The same rows with other texts.
   *
   * @param others a text for each row
   * @return interactions that share all columns but the texts
   */
  public Interactions withTexts(Texts others) {
    return new Interactions(
        name, aspects, users, items, user, item, overall, aspectRatings, time, others);
  }

  /** The data set's name. */
  public String name() {
    return name;
  }

  /** The aspects' names, in the order of the rating columns. */
  public List<String> aspects() {
    return aspects;
  }

  /** Ids of the users, by number. */
  public List<String> users() {
    return users;
  }

  /** Ids of the items, by number. */
  public List<String> items() {
    return items;
  }

  /** Number of rows. */
  public int size() {
    return user.length;
  }

  /** The user's number of a row. */
  public int user(int row) {
    return user[row];
  }

  /** The item's number of a row. */
  public int item(int row) {
    return item[row];
  }

  /** The overall rating of a row, 1..5. */
  public float overall(int row) {
    return overall[row];
  }

  /** The rating of one aspect in a row, 1..5. */
  public float aspect(int row, int aspect) {
    return aspectRatings[row * aspects.size() + aspect];
  }

  /** When the review of a row was written, seconds since 1970, or {@link Review#NO_TIME}. */
  public long time(int row) {
    return time[row];
  }

  /** Whether every row has a date. */
  public boolean dated() {
    for (long t : time) {
      if (t == Review.NO_TIME) {
        return false;
      }
    }
    return time.length > 0;
  }

  /** The cleaned review text of a row, read from disk. */
  public String text(int row) {
    return texts.get(row);
  }
}
