package explainrec.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a whole review becomes words for a generator, and words a review again. */
public enum ReviewWords {
  /** Punctuation apart, as generators with a vocabulary of words read it. */
  APART {
    @Override
    public List<String> split(String text) {
      List<String> words = new ArrayList<>();
      Matcher found = WORD.matcher(text);
      while (found.find()) {
        words.add(found.group());
      }
      return words;
    }

    @Override
    public String join(List<String> words) {
      StringBuilder text = new StringBuilder();
      boolean blank = false; // whether the next word has one before it
      boolean quoted = false;
      for (String word : words) {
        boolean quote = word.equals(QUOTE);
        boolean close = CLOSING.contains(word) || quote && quoted;
        if (blank && !close) {
          text.append(' ');
        }
        text.append(word);
        quoted = quoted != quote;
        blank = !(OPENING.contains(word) || quote && quoted);
      }
      return text.toString();
    }
  },
  /** What stands between blanks, for generators whose own tokenizer divides the text further. */
  BETWEEN_BLANKS {
    @Override
    public List<String> split(String text) {
      return text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
    }

    @Override
    public String join(List<String> words) {
      return String.join(" ", words);
    }
  };

  // Numbers with their points and commas, words with their apostrophes and hyphens, single signs.
  private static final Pattern WORD =
      Pattern.compile("\\d+(?:[.,]\\d+)+|[\\p{L}\\p{N}]+(?:['-][\\p{L}\\p{N}]+)*|\\S");

  private static final String QUOTE = "\"";
  private static final List<String> CLOSING =
      List.of(".", ",", "!", "?", ";", ":", ")", "]", "}", "%", "'");
  private static final List<String> OPENING = List.of("(", "[", "{", "$", "#");

  /**
   * Divides a review.
   *
   * @param text cleaned
   * @return its words in order; none of a blank text
   */
  public abstract List<String> split(String text);

  /**
   * Puts words together; of a text's own words it makes the text again, but for rare blanks around
   * signs.
   *
   * @param words in order
   * @return the text
   */
  public abstract String join(List<String> words);
}
