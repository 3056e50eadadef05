package explainrec.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import explainrec.data.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a YAML file that remembers its place, so that a complaint can name the line.
 *
 * @param place the file, as messages name it
 * @param line from 1
 * @param value a {@code String} as it is written, a {@code List} of nodes, or a {@code Map} from
 *     key to node
 */
record YamlNode(String place, int line, Object value) {
  /**
   * Reads a file's text.
   *
   * @param yaml the text
   * @param place the file, as messages name it
   * @return its root
   * @throws InputException for what is no YAML, a key twice, or an empty file
   */
  static YamlNode read(String yaml, String place) {
    try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
      if (parser.nextToken() == null) {
        throw new InputException(place + ":1: the file is empty; expected a study");
      }
      YamlNode root = node(parser, place);
      if (parser.nextToken() != null) {
        throw new InputException(place + ":" + lineOf(parser) + ": expected one document only");
      }
      return root;
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      String problem = e.getOriginalMessage().lines().findFirst().orElse("cannot be read");
      throw new InputException(place + ":" + line + ": not YAML: " + problem, e);
    } catch (IOException e) {
      throw new InputException(place + ": cannot be read", e);
    }
  }

  private static YamlNode node(JsonParser parser, String place) throws IOException {
    int line = lineOf(parser);
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      List<YamlNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(parser, place));
      }
      return new YamlNode(place, line, items);
    }
    if (token == JsonToken.START_OBJECT) {
      Map<String, YamlNode> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        int keyLine = lineOf(parser);
        parser.nextToken();
        YamlNode field = node(parser, place);
        if (fields.put(key, new YamlNode(place, keyLine, field.value)) != null) {
          throw new InputException(place + ":" + keyLine + ": '" + key + "' stands twice");
        }
      }
      return new YamlNode(place, line, fields);
    }
    return new YamlNode(place, line, token == JsonToken.VALUE_NULL ? "" : parser.getText());
  }

  private static int lineOf(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  /** A complaint about this part. */
  InputException wrong(String problem) {
    return new InputException(place + ":" + line + ": " + problem);
  }

  /** The same, for a complaint that does not know its place. */
  InputException wrong(InputException problem) {
    return new InputException(place + ":" + line + ": " + problem.getMessage(), problem);
  }

  boolean isText() {
    return value instanceof String;
  }

  boolean isList() {
    return value instanceof List<?>;
  }

  /**
   * The text of a single value.
   *
   * @param what it is, for messages
   * @throws InputException when it is empty or no single value
   */
  String text(String what) {
    if (value instanceof String text && !text.isBlank()) {
      return text.strip();
    }
    throw wrong(what + ": expected one value");
  }

  /**
   * A whole number.
   *
   * @param what it is, for messages
   * @param min smallest allowed
   * @param max largest allowed
   */
  long number(String what, long min, long max) {
    try {
      long number = Long.parseLong(text(what));
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same answer.
    }
    throw wrong(what + " = " + value + ": allowed is a whole number from " + min + " to " + max);
  }

  /** The items of a list; of a single value, it alone. */
  @SuppressWarnings("unchecked")
  List<YamlNode> items(String what) {
    if (value instanceof List<?> items) {
      if (items.isEmpty()) {
        throw wrong(what + ": the list is empty");
      }
      return (List<YamlNode>) items;
    }
    if (isText()) {
      text(what);
      return List.of(this);
    }
    throw wrong(what + ": expected a list");
  }

  /** The fields of a map. */
  @SuppressWarnings("unchecked")
  Map<String, YamlNode> fields(String what) {
    if (value instanceof Map<?, ?> fields) {
      return (Map<String, YamlNode>) fields;
    }
    throw wrong(what + ": expected keys with values");
  }

  /** The fields of a map that may have these keys only. */
  Map<String, YamlNode> fields(String what, List<String> allowed) {
    Map<String, YamlNode> fields = fields(what);
    fields.forEach(
        (key, node) -> {
          if (!allowed.contains(key)) {
            throw node.wrong(
                "unknown key '" + key + "'; " + what + " has " + String.join(", ", allowed));
          }
        });
    return fields;
  }
}
