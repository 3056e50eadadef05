package explainrec.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * The one pass over the raw reviews: checks, cleans, numbers; complete reviews become rows in
 * columns, their texts go to disk.
 */
final class RowCollector implements Consumer<Review> {
  private static final int REPORT_EVERY = 8192;

  private final ReviewSource source;
  private final List<Scale> scales;
  private final DataSettings settings;
  private final OutputStream texts;
  private final Progress progress;
  private final TextCleaner cleaner;
  private final PairIndex pairs = new PairIndex();
  private final English english;

  final Names users = new Names();
  final Names items = new Names();
  final Columns columns;

  /** Rows that duplicates left over. */
  final BitSet kept = new BitSet();

  int read;
  private long textEnd;

  RowCollector(ReviewSource source, DataSettings settings, OutputStream texts, Progress progress) {
    this.source = source;
    this.scales = source.aspectScales();
    this.settings = settings;
    this.texts = texts;
    this.progress = progress;
    this.cleaner = new TextCleaner(settings);
    this.english = settings.language().equals("english") ? new English() : null;
    this.columns = new Columns(scales.size(), 1024);
  }

  @Override
  public void accept(Review review) {
    read++;
    if (read % REPORT_EVERY == 0) {
      progress.update("reading reviews", read, 0);
    }
    int user = review.user().isEmpty() ? -1 : users.number(review.user());
    int item = review.item().isEmpty() ? -1 : items.number(review.item());
    checkScales(review);
    if (user < 0 || item < 0 || !rated(review)) {
      return;
    }
    String text = cleaner.clean(review.text());
    if (text.isEmpty()) {
      return;
    }
    int row = append(review, user, item, text);
    if (english != null) {
      english.add(review.text());
    }
    settleDuplicate(row, pairs.put(user, item, row));
  }

  /** Rows whose text is clearly not English; none when any language is welcome. */
  BitSet foreign() {
    return english == null ? new BitSet() : english.foreign();
  }

  private int append(Review review, int user, int item, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      texts.write(bytes);
    } catch (IOException e) {
      throw new InputException(
          "writing the prepared texts failed: " + e.getMessage() + "; check space and rights", e);
    }
    int row = columns.next();
    columns.user[row] = user;
    columns.item[row] = item;
    columns.overall[row] = (float) source.overallScale().toFive(review.overall());
    for (int n = 0; n < columns.aspects; n++) {
      columns.aspect[row * columns.aspects + n] = (float) scales.get(n).toFive(review.aspects()[n]);
    }
    columns.time[row] = review.time();
    columns.textStart[row] = textEnd;
    columns.textLength[row] = bytes.length;
    columns.words[row] = cleaner.words();
    columns.line[row] = (int) review.line();
    textEnd += bytes.length;
    return row;
  }

  private void settleDuplicate(int row, int before) {
    if (before < 0 || settings.duplicates().equals("keep")) {
      kept.set(row);
    } else if (settings.duplicates().equals("error")) {
      throw new InputException(
          source.name()
              + ": lines "
              + columns.line[before]
              + " and "
              + columns.line[row]
              + " hold two reviews of item '"
              + items.get(columns.item[row])
              + "' by user '"
              + users.get(columns.user[row])
              + "'; expected one: set duplicates=first, last or keep");
    } else if (settings.duplicates().equals("last")) {
      kept.clear(before);
      kept.set(row);
    }
  }

  private static boolean rated(Review review) {
    if (Double.isNaN(review.overall())) {
      return false;
    }
    for (double rating : review.aspects()) {
      if (Double.isNaN(rating)) {
        return false;
      }
    }
    return true;
  }

  private void checkScales(Review review) {
    checkScale("overall", review.overall(), source.overallScale(), review.line());
    for (int n = 0; n < scales.size(); n++) {
      checkScale(source.aspects().get(n), review.aspects()[n], scales.get(n), review.line());
    }
  }

  private void checkScale(String name, double rating, Scale scale, long line) {
    if (!Double.isNaN(rating) && !scale.contains(rating)) {
      throw new InputException(
          source.name()
              + ":"
              + line
              + ": "
              + name
              + " rating "
              + rating
              + " is not from "
              + Ratings.plain(scale.min())
              + " to "
              + Ratings.plain(scale.max()));
    }
  }
}
