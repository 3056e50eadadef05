package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import explainrec.data.InputException;
import explainrec.nn.Parameters;
import explainrec.text.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the files of a model are not what they should be. */
class T5InputTest {
  private static final String NORM = "encoder.final_layer_norm.weight";

  @TempDir Path folder;
  private T5Fixture fixture;

  @BeforeEach
  void open() {
    fixture = new T5Fixture("t5-tiny-v10");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anotherArchitectureIsRefused() throws IOException {
    String message = configWith("\"model_type\": \"t5\"", "\"model_type\": \"bart\"");
    assertTrue(message.contains("model_type is bart, expected t5"), message);
  }

  @Test
  void anotherFeedForwardLayerIsRefused() throws IOException {
    String message = configWith("\"relu\",\n  \"init", "\"gated-silu\",\n  \"init");
    assertTrue(message.contains("feed_forward_proj is gated-silu"), message);
  }

  @Test
  void aMissingOrImpossibleSizeIsNamed() throws IOException {
    String missing = configWith("\"d_model\"", "\"width\"");
    assertTrue(missing.contains("d_model is missing, expected a whole number"), missing);
    String negative = configWith("\"num_heads\": 3", "\"num_heads\": -3");
    assertTrue(negative.contains("num_heads is -3"), negative);
    String cut = configWith("}", "");
    assertTrue(cut.contains("not whole JSON"), cut);
  }

  @Test
  void aCutFileNamesTheFirstTensorThatIsNotWhole() throws IOException {
    byte[] whole = Files.readAllBytes(fixture.folder.resolve("model.safetensors"));
    String inData = weights(Arrays.copyOf(whole, whole.length - 10));
    assertTrue(inData.contains("model.safetensors: tensor ") && inData.contains("cut short"));
    assertTrue(weights(Arrays.copyOf(whole, 100)).contains("header is cut or damaged"));
    assertTrue(weights(new byte[3]).contains("header is cut or damaged"));
    assertTrue(weights("a web page, not weights".getBytes(StandardCharsets.UTF_8)).contains("cut"));
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    String message = header("\"" + NORM, "\"encoder.final_layer_norm.weigh_");
    assertTrue(message.contains("tensor " + NORM + " is missing"), message);
  }

  @Test
  void anotherTypeIsRefusedBeforeItIsRead() throws IOException {
    String message =
        header("\"" + NORM + "\":{\"dtype\":\"F32\"", "\"" + NORM + "\":{\"dtype\":\"BF6\"");
    assertTrue(message.contains("tensor " + NORM + " is of type BF6, expected F32"), message);
  }

  @Test
  void anotherShapeIsRefused() throws IOException {
    String whole = "\"" + NORM + "\":{\"dtype\":\"F32\",\"shape\":[16]";
    String message = header(whole, whole.replace("16", "15"));
    assertTrue(message.contains("has shape [15], expected [16]"), message);
  }

  @Test
  void savedWeightsLoadAgain() {
    Path file = folder.resolve("model.safetensors");
    try (NDManager manager = NDManager.newBaseManager();
        Parameters random = T5Weights.random(manager, Device.cpu(), fixture.t5.config(), 3)) {
      random.save(file);
      try (Parameters loaded =
          T5Weights.trainable(manager, Device.cpu(), fixture.t5.config(), file)) {
        assertArrayEquals(random.values(), loaded.values());
      }
    }
  }

  @Test
  void aRandomStartIsThatOfItsSeed() {
    try (NDManager manager = NDManager.newBaseManager();
        Parameters one = T5Weights.random(manager, Device.cpu(), fixture.t5.config(), 3);
        Parameters same = T5Weights.random(manager, Device.cpu(), fixture.t5.config(), 3);
        Parameters other = T5Weights.random(manager, Device.cpu(), fixture.t5.config(), 4)) {
      assertArrayEquals(one.values(), same.values());
      assertFalse(Arrays.equals(one.values(), other.values()));
    }
  }

  @Test
  void aMissingFileIsSaidInOneLine() {
    Path nowhere = folder.resolve("nowhere");
    assertMessage(nowhere + ": no such file; check the path", () -> T5Config.read(nowhere));
    assertMessage(nowhere + ": no such file; check the path", () -> Safetensors.open(nowhere));
    assertMessage(nowhere + ": no such file; check the path", () -> T5Tokenizer.open(nowhere));
  }

  private static void assertMessage(String message, Executable executable) {
    assertEquals(message, assertThrows(InputException.class, executable).getMessage());
  }

  private String configWith(String found, String replacement) throws IOException {
    String whole = Files.readString(fixture.folder.resolve("config.json"));
    assertTrue(whole.contains(found));
    Path file = Files.writeString(folder.resolve("config.json"), whole.replace(found, replacement));
    return oneLine(assertThrows(InputException.class, () -> T5Config.read(file)));
  }

  /** Changes the header without changing its length. */
  private String header(String found, String replacement) throws IOException {
    byte[] whole = Files.readAllBytes(fixture.folder.resolve("model.safetensors"));
    int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(whole, 8, length, StandardCharsets.UTF_8);
    assertTrue(header.contains(found));
    byte[] changed = header.replace(found, replacement).getBytes(StandardCharsets.UTF_8);
    assertEquals(length, changed.length);
    System.arraycopy(changed, 0, whole, 8, length);
    return weights(whole);
  }

  private String weights(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("model.safetensors"), bytes);
    try (NDManager manager = NDManager.newBaseManager()) {
      return oneLine(
          assertThrows(
              InputException.class, () -> T5Weights.frozen(manager, fixture.t5.config(), file)));
    }
  }

  private String oneLine(InputException problem) {
    assertTrue(problem.getMessage().startsWith(folder.toString()));
    assertFalse(problem.getMessage().contains("\n"));
    return problem.getMessage();
  }
}
