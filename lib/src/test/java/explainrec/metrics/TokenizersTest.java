package explainrec.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shortcuts of the tokenizers against their plain definitions, on random strings. */
class TokenizersTest {
  private static final int STRINGS = 6_000;
  private static final String[] PIECES = {
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\t",
    "\u001c",
    "\u0085",
    "\u00a0",
    "\u3000",
    ".",
    ".",
    ",",
    ":",
    ";",
    "..",
    "...",
    "?",
    "!",
    "'",
    "''",
    "`",
    "``",
    "\"",
    "-",
    "--",
    "---",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "*",
    "@",
    "#",
    "$",
    "%",
    "&",
    "/",
    "+",
    "=",
    "\\",
    "^",
    "_",
    "|",
    "~",
    "«",
    "»",
    "\u201c",
    "\u201d",
    "\u2018",
    "\u2019",
    "\u201e",
    "0",
    "5",
    "1999",
    "3.5",
    "1,000",
    "\u0663",
    "a",
    "I",
    "n",
    "s",
    "t",
    "cannot",
    "CANNOT",
    "d'ye",
    "gimme",
    "g\u0130mme",
    "g\u0131mme",
    "gonna",
    "gotta",
    "lemme",
    "more'n",
    "wanna",
    "Wanna",
    "'tis",
    "'Tis",
    "'t\u0131\u017f",
    "'twas",
    "n't",
    "N'T",
    "'s",
    "'\u017f",
    "'ll",
    "'LL",
    "'re",
    "'VE",
    "'m",
    "'d",
    "room",
    "Dr.",
    "U.S.",
    "e.g.",
    "caf\u00e9",
    "e\u0301",
    "\u5317\u4eac",
    "\ud83d\ude00",
    "\ud83d",
    "\ude00",
    "&amp;",
    "&quot;",
    "<skipped>"
  };

  // As in sacrebleu.
  private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern STOP_AFTER_OTHER = Pattern.compile("([^0-9])([.,])");
  private static final Pattern STOP_BEFORE_OTHER = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

  private static List<String> strings() {
    SplittableRandom random = new SplittableRandom(42);
    List<String> strings = new ArrayList<>();
    for (int n = 0; n < STRINGS; n++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(14); k >= 0; k--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      strings.add(text.toString());
    }
    return strings;
  }

  private static List<String> byPatterns(String text) {
    String line = text.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
    line = line.replace("&quot;", "\"").replace("&amp;", "&");
    line = line.replace("&lt;", "<").replace("&gt;", ">");
    line = PUNCTUATION.matcher(" " + line + " ").replaceAll(" $1 ");
    line = STOP_AFTER_OTHER.matcher(line).replaceAll("$1 $2 ");
    line = STOP_BEFORE_OTHER.matcher(line).replaceAll(" $1 $2");
    line = DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
    return TextPairs.split(line);
  }

  @Test
  void tokens13aAreThoseOfTheOriginalsPatterns() {
    for (String text : strings()) {
      assertEquals(byPatterns(text), Tokenizer13a.tokenize(text), text);
    }
  }

  @Test
  void leavingOutRulesThatCannotApplyChangesNoWord() {
    for (String text : strings()) {
      assertEquals(
          WordTokenizer.ofSentence(text, true), WordTokenizer.ofSentence(text, false), text);
    }
  }
}
