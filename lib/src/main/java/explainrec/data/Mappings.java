package explainrec.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads mappings from YAML, and knows those that come with the kit. */
public final class Mappings {
  /** What a mapping file looks like, for error messages. */
  static final String EXAMPLE =
      "a mapping is YAML such as: name: mine / format: jsonl / user: user_id / item: item_id /"
          + " text: text / overall: {column: stars, scale: [1, 5]} / aspects: {service: {column:"
          + " service, scale: [1, 5]}} (one entry a line; see data/README.md)";

  private static final List<String> KNOWN = List.of("ratebeer-sample", "explainrec");
  private static final Set<String> KEYS =
      Set.of("name", "format", "user", "item", "text", "time", "overall", "aspects");

  private Mappings() {}

  /**
   * The mappings that come with the kit.
   *
   * @return each, the most particular first
   */
  public static List<Mapping> known() {
    List<Mapping> mappings = new ArrayList<>();
    for (String name : KNOWN) {
      String resource = "/mappings/" + name + ".yaml";
      try (InputStream in = Mappings.class.getResourceAsStream(resource)) {
        String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        mappings.add(parse(yaml, resource));
      } catch (IOException e) {
        throw Input.unreadable(resource, e);
      }
    }
    return mappings;
  }

  /**
   * Reads a mapping file.
   *
   * @param file the YAML file
   * @return the mapping
   * @throws InputException when it cannot be read or a key is missing, unknown or malformed
   */
  public static Mapping read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw Input.unreadable(file, e);
    }
  }

  /**
   * The known mapping that fits a file best.
   *
   * @param firstRecord the file's first record, column to value
   * @return the one with most columns found, if any fits
   */
  static Optional<Mapping> sniff(Map<String, String> firstRecord) {
    Mapping best = null;
    for (Mapping mapping : known()) {
      int fit = mapping.fit(firstRecord);
      if (fit > 0 && (best == null || fit > best.fit(firstRecord))) {
        best = mapping;
      }
    }
    return Optional.ofNullable(best);
  }

  private static Mapping parse(String yaml, String place) {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(yaml);
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new InputException(place + ":" + line + ": not YAML; " + EXAMPLE, e);
    }
    if (root == null || !root.isObject()) {
      throw new InputException(place + ":1: not a mapping; " + EXAMPLE);
    }
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new InputException(
                    place + ": unknown key '" + key + "'; allowed are " + sorted(KEYS));
              }
            });
    JsonNode overall = require(root, "overall", place);
    JsonNode time = root.path("time");
    Mapping base =
        new Mapping(
            word(root, "name", place),
            word(root, "format", place).toLowerCase(Locale.ROOT),
            word(root, "user", place),
            word(root, "item", place),
            word(overall, "column", place + ": overall"),
            scale(overall, place + ": overall"),
            word(root, "text", place),
            time.isMissingNode() ? "" : word(time, "column", place + ": time"),
            time.path("format").asText("seconds"),
            List.of(),
            Optional.empty());
    return withAspects(base, require(root, "aspects", place), place);
  }

  private static Mapping withAspects(Mapping base, JsonNode node, String place) {
    List<Mapping.Aspect> aspects = new ArrayList<>();
    Scale others = null;
    if (!node.isObject()) {
      throw new InputException(
          place + ": aspects must be a list of 'name: {column: ..., scale: [min, max]}', or {}");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String where = place + ": aspect " + entry.getKey();
      Scale scale = scale(entry.getValue(), where);
      if (entry.getKey().equals("*")) {
        others = scale;
      } else {
        aspects.add(
            new Mapping.Aspect(
                entry.getKey().toLowerCase(Locale.ROOT),
                word(entry.getValue(), "column", where),
                scale));
      }
    }
    return new Mapping(
        base.name(),
        base.format(),
        base.user(),
        base.item(),
        base.overall(),
        base.overallScale(),
        base.text(),
        base.time(),
        base.timeFormat(),
        aspects,
        Optional.ofNullable(others));
  }

  private static JsonNode require(JsonNode node, String key, String place) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      throw new InputException(place + ": '" + key + "' is missing; " + EXAMPLE);
    }
    return value;
  }

  private static String word(JsonNode node, String key, String place) {
    JsonNode value = require(node, key, place);
    if (!value.isValueNode() || value.asText().isBlank()) {
      throw new InputException(place + ": '" + key + "' must be one word or number; " + EXAMPLE);
    }
    return value.asText();
  }

  private static Scale scale(JsonNode node, String place) {
    JsonNode value = require(node, "scale", place);
    if (value.size() != 2 || !value.get(0).isNumber() || !value.get(1).isNumber()) {
      throw new InputException(place + ": 'scale' must be [lowest, highest], such as [1, 5]");
    }
    return new Scale(value.get(0).asDouble(), value.get(1).asDouble());
  }

  private static String sorted(Set<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }
}
