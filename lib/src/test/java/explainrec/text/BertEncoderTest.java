package explainrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import explainrec.data.InputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BertEncoderTest {
  @TempDir Path folder;

  private void copy(String model) throws IOException, URISyntaxException {
    Path source = Path.of(getClass().getResource("/fixtures/" + model).toURI());
    for (String file : new String[] {"config.json", "model.safetensors", "tokenizer.json"}) {
      Files.copy(source.resolve(file), folder.resolve(file));
    }
  }

  private void change(String file, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertTrue(text.contains(from), from);
    Files.writeString(folder.resolve(file), text.replace(from, to));
  }

  private static float[] vectors(Path folder, int layer) {
    try (TokenEncoder encoder = BertEncoder.open(folder, layer, Device.cpu())) {
      return encoder.encode(List.of("The room was clean.")).get(0).values();
    }
  }

  private void assertRefused(String message) {
    InputException refused =
        assertThrows(InputException.class, () -> BertEncoder.open(folder, Device.cpu()).close());
    assertTrue(refused.getMessage().startsWith(folder.toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void withoutAFolderMiniLmIsTaken() {
    try (TokenEncoder encoder = TokenEncoder.open(folder.resolve("none"), Device.cpu())) {
      assertEquals("all-MiniLM-L6-v2, layer 6", encoder.name());
    }
  }

  @Test
  void aFoldersModelIsNamedAfterItAndItsLayer() throws IOException, URISyntaxException {
    copy("roberta-tiny");
    try (TokenEncoder encoder = TokenEncoder.open(folder, Device.cpu())) {
      assertEquals(folder.getFileName() + ", layer 3", encoder.name());
      assertEquals(12, encoder.hash().length());
      assertEquals(512, encoder.longest());
    }
  }

  @Test
  void theFirstReleasesNamesOfNormsAreRead() throws IOException, URISyntaxException {
    copy("bert-tiny");
    float[] expected = vectors(folder, 3);
    Path file = folder.resolve("model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    byte[] renamed =
        new String(header, StandardCharsets.UTF_8)
            .replace("LayerNorm.weight\"", "LayerNorm.gamma\" ")
            .replace("LayerNorm.bias\"", "LayerNorm.beta\"")
            .getBytes(StandardCharsets.UTF_8);
    assertEquals(header.length, renamed.length);
    System.arraycopy(renamed, 0, bytes.array(), Long.BYTES, renamed.length);
    Files.write(file, bytes.array());
    assertArrayEquals(expected, vectors(folder, 3));
  }

  @Test
  void eachLayerHasItsOwnVectors() throws IOException, URISyntaxException {
    copy("bert-tiny");
    float[] second = vectors(folder, 2);
    float[] third = vectors(folder, 3);
    assertEquals(second.length, third.length);
    assertTrue(Math.abs(second[0] - third[0]) > 1e-3);
    assertThrows(InputException.class, () -> vectors(folder, 4));
  }

  @Test
  void damagedOrForeignFoldersAreRefusedInOneLine() throws IOException, URISyntaxException {
    assertRefused("config.json: no such file; check the path");
    copy("roberta-tiny");
    change("config.json", "\"roberta\"", "\"gpt2\"");
    assertRefused("model_type is gpt2, expected bert or roberta");
    change("config.json", "\"gpt2\"", "\"roberta\"");
    change("config.json", "\"gelu\"", "\"gelu_new\"");
    assertRefused("hidden_act is gelu_new, expected gelu");
    change("config.json", "\"gelu_new\"", "\"gelu\"");
    change("config.json", "\"intermediate_size\": 20", "\"intermediate_size\": 24");
    assertRefused("expected [24, 12]");
    change("config.json", "\"intermediate_size\": 24", "\"intermediate_size\": 20");
    change("config.json", "\"vocab_size\": 330", "\"vocab_size\": 300");
    assertRefused("has ids up to 329, but the model embeds only 300 words");
    change("config.json", "\"vocab_size\": 300", "\"vocab_size\": 330");
    Files.delete(folder.resolve("model.safetensors"));
    assertRefused("model.safetensors: no such file");
    change("tokenizer.json", "\"model\"", "\"no model\"");
    assertRefused("not an encoder's tokenizer.json");
  }
}
