package explainrec.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The fields of a Hugging Face {@code config.json}, each with its allowed range.
 *
 * @param file where they stand
 * @param json what it holds
 */
public record ModelConfig(Path file, JsonNode json) {

  /**
   * Reads a file.
   *
   * @param file {@code config.json}
   * @return its fields
   * @throws InputException when it cannot be read or is not JSON
   */
  public static ModelConfig read(Path file) {
    try {
      return new ModelConfig(file, new ObjectMapper().readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file; check the path", e);
    } catch (JsonProcessingException e) {
      throw new InputException(file + ": not whole JSON; fetch or copy it again", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A whole number.
   *
   * @param key of the field
   * @param otherwise when it is missing; null when it must be there
   * @param min smallest allowed
   * @param max largest allowed
   * @return the number
   * @throws InputException when it is missing or out of range
   */
  public int count(String key, Integer otherwise, int min, int max) {
    JsonNode node = json.path(key);
    if ((node.isMissingNode() || node.isNull()) && otherwise != null) {
      return otherwise;
    }
    if (!node.isInt() || node.intValue() < min || node.intValue() > max) {
      throw wrong(key, node, "a whole number from " + min + " to " + max);
    }
    return node.intValue();
  }

  /**
   * A number.
   *
   * @param key of the field
   * @param otherwise when it is missing
   * @param min smallest allowed
   * @param max largest allowed
   * @return the number
   * @throws InputException when it is out of range
   */
  public double number(String key, double otherwise, int min, double max) {
    JsonNode node = json.path(key);
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isNumber() || !(node.doubleValue() >= min && node.doubleValue() <= max)) {
      String most = max == Math.rint(max) ? Long.toString((long) max) : Double.toString(max);
      throw wrong(key, node, "a number from " + min + " to " + most);
    }
    return node.doubleValue();
  }

  /**
   * What to say of a field that is not as it should be.
   *
   * @param key of the field
   * @param found its value
   * @param expected what is allowed
   * @return to be thrown
   */
  public InputException wrong(String key, Object found, String expected) {
    String value = found.toString().isEmpty() ? "missing" : found.toString();
    return new InputException(file + ": " + key + " is " + value + ", expected " + expected);
  }
}
