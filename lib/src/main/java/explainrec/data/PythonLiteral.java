package explainrec.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a Python dictionary literal on one line, as data: nothing is evaluated. Words, numbers,
 * None, True, False and nan (and JSON's null, true, false) are values; nested dictionaries, lists
 * and tuples are passed over. The prefixes u, b and r and Python 2's L after whole numbers are
 * allowed.
 */
final class PythonLiteral {
  private static final int DEEPEST = 50;

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /** What is wrong with a literal, and where. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String expected, int at) {
      super("expected " + expected + " at character " + (at + 1));
    }
  }

  /** The scalar entries of a dictionary literal, as text; None becomes null. */
  static Map<String, String> dictionary(String text) throws Malformed {
    PythonLiteral literal = new PythonLiteral(text);
    Map<String, String> entries = literal.dictionary(0);
    literal.skipSpace();
    if (literal.at < text.length()) {
      throw new Malformed("the end of the line", literal.at);
    }
    return entries;
  }

  private Map<String, String> dictionary(int depth) throws Malformed {
    Map<String, String> entries = new LinkedHashMap<>();
    expect('{');
    while (!next('}')) {
      String key = value(depth);
      expect(':');
      boolean scalar = isScalar();
      String value = value(depth);
      if (scalar) {
        entries.put(key, value);
      }
      if (!next(',')) {
        expect('}');
        break;
      }
    }
    return entries;
  }

  private boolean isScalar() {
    skipSpace();
    return at < text.length() && "{[(".indexOf(text.charAt(at)) < 0;
  }

  /** One value; null for None and for anything nested. */
  private String value(int depth) throws Malformed {
    skipSpace();
    if (depth > DEEPEST || at >= text.length()) {
      throw new Malformed("a value", at);
    }
    char c = text.charAt(at);
    if (c == '{') {
      dictionary(depth + 1);
      return null;
    }
    if (c == '[' || c == '(') {
      sequence(c == '[' ? ']' : ')', depth + 1);
      return null;
    }
    int start = at;
    while (at < text.length() && "uUbBrR".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
      boolean raw = text.substring(start, at).toLowerCase(Locale.ROOT).contains("r");
      return string(raw);
    }
    at = start;
    return word();
  }

  private void sequence(char end, int depth) throws Malformed {
    at++;
    while (!next(end)) {
      value(depth);
      if (!next(',')) {
        expect(end);
        break;
      }
    }
  }

  private String word() throws Malformed {
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    if (word.equals("None") || word.equals("null")) {
      return null;
    }
    if (word.matches("True|False|true|false|nan|-?inf")) {
      return word;
    }
    if (word.endsWith("L")) {
      word = word.substring(0, word.length() - 1);
    }
    if (!word.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
      throw new Malformed("a word in quotes, a number or None", start);
    }
    return word;
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '+' || c == '_';
  }

  private String string(boolean raw) throws Malformed {
    char quote = text.charAt(at++);
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        if (raw) {
          out.append(c).append(text.charAt(at++));
        } else {
          escape(out);
        }
      } else {
        out.append(c);
      }
    }
    if (at == text.length()) {
      throw new Malformed("the closing quote", at);
    }
    at++;
    return out.toString();
  }

  private void escape(StringBuilder out) throws Malformed {
    char c = text.charAt(at++);
    switch (c) {
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case 'r' -> out.append('\r');
      case 'a', 'b', 'f', 'v' -> out.append(' ');
      case 'x' -> out.appendCodePoint(hex(2));
      case 'u' -> out.appendCodePoint(hex(4));
      case 'U' -> out.appendCodePoint(hex(8));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> out.append((char) octal(c));
      case '\\', '\'', '"' -> out.append(c);
      default -> out.append('\\').append(c);
    }
  }

  private int octal(char first) {
    int value = first - '0';
    for (int n = 0; n < 2 && at < text.length(); n++) {
      int digit = Character.digit(text.charAt(at), 8);
      if (digit < 0) {
        break;
      }
      value = value * 8 + digit;
      at++;
    }
    return value;
  }

  private int hex(int digits) throws Malformed {
    try {
      int code = Integer.parseInt(text.substring(at, at + digits), 16);
      if (!Character.isValidCodePoint(code)) {
        throw new Malformed("a character code", at);
      }
      at += digits;
      return code;
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new Malformed(digits + " hexadecimal digits", at);
    }
  }

  private boolean next(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws Malformed {
    if (!next(c)) {
      throw new Malformed("'" + c + "'", at);
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
