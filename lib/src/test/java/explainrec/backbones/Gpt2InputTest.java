package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import explainrec.data.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens when the files of a GPT-2 are not what they should be. */
final class Gpt2InputTest {
  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    for (String file : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
      Files.copy(Gpt2Fixture.folder().resolve(file), folder.resolve(file));
    }
  }

  private String refused() {
    InputException problem =
        assertThrows(
            InputException.class,
            () -> {
              try (Gpt2Model model = Gpt2Model.open(folder);
                  NDManager manager = NDManager.newBaseManager()) {
                model.frozen(manager);
              }
            });
    assertFalse(problem.getMessage().contains("\n"), problem.getMessage());
    assertTrue(problem.getMessage().startsWith(folder.toString()), problem.getMessage());
    return problem.getMessage();
  }

  private void replace(String file, String found, String replacement) throws IOException {
    Path path = folder.resolve(file);
    String whole = Files.readString(path, StandardCharsets.ISO_8859_1);
    assertTrue(whole.contains(found), found);
    Files.writeString(path, whole.replace(found, replacement), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "\"model_type\": \"gpt2\", \"model_type\": \"gptj\", |model_type is gptj, expected gpt2|",
        "\"gelu_new\", \"relu\", |activation_function is relu, expected gelu_new|",
        "\"n_embd\": 12, \"n_embd\": 0, |n_embd is 0, expected a whole number|",
        "\"n_embd\", \"width\", |n_embd is missing, expected a whole number|",
        "\"n_head\": 3, \"n_head\": 5, |n_head is 5, expected a divisor of n_embd, which is 12|",
        "\"scale_attn_weights\": true, \"scale_attn_weights\": false, |scale_attn_weights is false|",
        "\"attn_pdrop\": 0.1, \"attn_pdrop\": 0.2, |attn_pdrop is 0.2, expected the same|",
        "}, ], |not whole JSON|",
      })
  void aConfigurationThatIsNoGpt2IsRefused(String found, String replacement, String said)
      throws IOException {
    replace("config.json", found, replacement);
    assertTrue(refused().contains(said), refused());
  }

  @Test
  void aTokenizerWithMoreIdsThanTheModelEmbedsIsRefused() throws IOException {
    replace("config.json", "\"vocab_size\": 300", "\"vocab_size\": 299");
    replace("config.json", "_token_id\": 299", "_token_id\": 298");
    String said = refused();
    assertTrue(said.contains("has ids up to 299, but the model embeds only 299 words"), said);
  }

  @Test
  void aCutFileIsRefused() throws IOException {
    Path file = folder.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 40));
    assertTrue(refused().contains("cut short"), refused());
    Files.write(file, Arrays.copyOf(whole, 100));
    assertTrue(refused().contains("header is cut or damaged"), refused());
  }

  @Test
  void aMissingOrWrongTensorIsNamed() throws IOException {
    header("transformer.h.1.ln_2.bias", "transformer.h.1.ln_3.bias");
    assertTrue(refused().contains("tensor transformer.h.1.ln_2.bias is missing"), refused());
    header("transformer.h.1.ln_3.bias", "transformer.h.1.ln_2.bias");
    header("\"shape\":[12,36]", "\"shape\":[36,12]"); // as a Linear would have it
    assertTrue(refused().contains("attn.c_attn.weight has shape [36, 12], expected [12, 36]"));
  }

  private void header(String found, String replacement) throws IOException {
    assertEquals(found.length(), replacement.length());
    byte[] whole = Files.readAllBytes(folder.resolve("model.safetensors"));
    int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(whole, 8, length, StandardCharsets.UTF_8);
    assertTrue(header.contains(found), header);
    byte[] changed = header.replace(found, replacement).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(changed, 0, whole, 8, length);
    Files.write(folder.resolve("model.safetensors"), whole);
  }

  @Test
  void aFolderWithoutAFileSaysWhereToGetIt() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));
    String said = refused();
    assertTrue(said.contains("tokenizer.json: no such file") && said.contains("gpt=gpt2-mini"));
  }
}
