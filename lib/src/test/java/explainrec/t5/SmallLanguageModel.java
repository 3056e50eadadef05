package explainrec.t5;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import explainrec.nn.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tiny T5 with random weights in a folder of Hugging Face's form. */
public final class SmallLanguageModel {
  private static final String CONFIG =
      """
      {"model_type": "t5", "d_model": 16, "d_kv": 4, "d_ff": 32, "num_layers": 1, "num_heads": 4,
       "vocab_size": 131, "dropout_rate": %s, "relative_attention_num_buckets": 8,
       "relative_attention_max_distance": 20}
      """;

  private SmallLanguageModel() {}

  /** Writes the three files. */
  public static Path write(Path folder, double dropout) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), CONFIG.formatted(dropout));
    try (InputStream tokenizer =
        SmallLanguageModel.class.getResourceAsStream("/fixtures/t5-tokenizer/tokenizer.json")) {
      Files.write(folder.resolve("tokenizer.json"), tokenizer.readAllBytes());
    }
    T5Config config = T5Config.read(folder.resolve("config.json"));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Parameters weights = T5Weights.random(manager, Device.cpu(), config, 7)) {
      weights.save(folder.resolve("model.safetensors"));
    }
    return folder;
  }
}
