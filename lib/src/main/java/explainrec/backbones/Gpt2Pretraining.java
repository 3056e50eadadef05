package explainrec.backbones;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import explainrec.data.AtomicFiles;
import explainrec.data.InputException;
import explainrec.data.WholeFolder;
import explainrec.nn.EarlyStop;
import explainrec.nn.FileCheckpoint;
import explainrec.nn.Parameters;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainer;
import explainrec.nn.TrainingListener;
import explainrec.t5.Example;
import explainrec.t5.MiniCard;
import explainrec.t5.Objective;
import explainrec.t5.PretrainingData;
import explainrec.t5.Rewriting;
import explainrec.t5.T5Tokenizer;
import explainrec.text.PieceTrainer;
import explainrec.text.Pieces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes {@code gpt2-mini}: learns a vocabulary and a small GPT-2 from the train split's reviews,
 * and leaves both in a folder with Hugging Face's files, which {@link Gpt2Model#open} opens.
 *
 * @param data the texts
 * @param settings of the model and its training
 * @param device to compute on
 * @param seed of everything random
 * @param code changes when the code does that the model depends on
 */
public record Gpt2Pretraining(
    PretrainingData data, Gpt2MiniSettings settings, Device device, long seed, String code) {
  private static final int VALIDATED = 1000; // texts at most
  private static final int PATIENCE = 2; // epochs without a better validation loss that are borne
  private static final double DROPOUT = 0.1; // for training it further; none is used here
  private static final double EPSILON = 1e-5;
  private static final String STATE = "training.state";

  /**
   * Makes the model, or finds it made with the same texts, settings, seed and code. Killed and
   * started again, training goes on from its last epoch; the folder appears when all is done.
   *
   * @param folder of the model; one of other texts, settings, seed or code is replaced
   * @param listeners of training
   * @return {@code folder}
   * @throws InputException when there are no texts, the loss is no longer a number, or the folder
   *     cannot be written to
   */
  public Path run(Path folder, List<TrainingListener> listeners) {
    String key = String.join(" | ", settings.toString(), "seed " + seed, data.hash(), code);
    return WholeFolder.make(
        folder, place -> Gpt2Card.standsIn(place, key), work -> make(work, key, listeners));
  }

  private void make(Path work, String key, List<TrainingListener> listeners) {
    Pieces pieces = PieceTrainer.train(data.train(), settings.gptVocabulary(), 0);
    Path tokenizerFile = work.resolve(Gpt2Model.TOKENIZER);
    pieces.save(tokenizerFile);
    List<int[]> train;
    List<int[]> validation;
    try (T5Tokenizer tokenizer = T5Tokenizer.open(tokenizerFile)) {
      train = encode(tokenizer, "train", data.train());
      validation = encode(tokenizer, "validation", some(data.validation()));
    }
    Gpt2Config config = config(pieces);
    saveConfig(work, config);
    Parameters.Builder builder = Parameters.builder();
    Gpt2Weights.describe(builder, config);
    try (NDManager manager = NDManager.newBaseManager(device);
        Parameters parameters = builder.build(manager, device, seed)) {
      Gpt2TextTask task =
          new Gpt2TextTask(
              new Gpt2(config),
              parameters,
              objective(pieces),
              train,
              validation,
              settings.gptBatchSize());
      List<TrainingListener> all = new ArrayList<>(listeners);
      all.add(new EarlyStop(PATIENCE));
      Trainer.Outcome outcome =
          new Trainer(settings.gptLearningRate(), settings.gptEpochs(), seed, all)
              .train(task, new FileCheckpoint(work.resolve(STATE), key));
      parameters.save(work.resolve(Gpt2Model.WEIGHTS));
      WholeFolder.delete(work.resolve(STATE));
      card(parameters.count(), pieces.size(), outcome, key).write(work);
    } catch (IOException e) {
      throw new InputException(work + ": cannot be written to: " + e.getMessage(), e);
    }
  }

  private Objective objective(Pieces pieces) {
    return settings.gptObjective().equals("keywords")
        ? Rewriting.of("keywords", pieces)
        : (text, random) -> new Example(new int[] {Pieces.END}, text);
  }

  private List<int[]> encode(T5Tokenizer tokenizer, String part, List<String> texts) {
    List<int[]> ids =
        tokenizer.encode(texts).stream()
            .filter(text -> text.length > 1) // more than its end
            .map(text -> T5Tokenizer.cut(text, settings.gptTokens()))
            .toList();
    if (ids.isEmpty()) {
      throw new InputException(
          data.name() + ": no " + part + " review has a text, and gpt2-mini learns from texts");
    }
    return ids;
  }

  private List<String> some(List<String> texts) {
    int[] order = Shuffle.of(IntStream.range(0, texts.size()).toArray(), seed);
    return Arrays.stream(order).limit(VALIDATED).sorted().mapToObj(texts::get).toList();
  }

  /** Like GPT-2, it has one mark for both ends of a text. */
  private Gpt2Config config(Pieces pieces) {
    return new Gpt2Config(
        pieces.size(),
        2 * settings.gptTokens(),
        settings.gptWidth(),
        settings.gptLayers(),
        settings.gptHeads(),
        4 * settings.gptWidth(),
        DROPOUT,
        EPSILON,
        Pieces.END,
        Pieces.END);
  }

  /** Hugging Face's {@code config.json}. */
  private static void saveConfig(Path work, Gpt2Config config) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.putArray("architectures").add("GPT2LMHeadModel");
    json.put("model_type", "gpt2")
        .put("vocab_size", config.vocabulary())
        .put("n_positions", config.positions())
        .put("n_embd", config.width())
        .put("n_layer", config.layers())
        .put("n_head", config.heads())
        .put("n_inner", config.hidden())
        .put("activation_function", "gelu_new")
        .put("resid_pdrop", config.dropout())
        .put("embd_pdrop", config.dropout())
        .put("attn_pdrop", config.dropout())
        .put("layer_norm_epsilon", config.epsilon())
        .put("bos_token_id", config.start())
        .put("eos_token_id", config.end());
    AtomicFiles.write(
        work.resolve(Gpt2Model.CONFIG),
        out -> mapper.writerWithDefaultPrettyPrinter().writeValue(out, json));
  }

  private Gpt2Card card(long parameters, int pieces, Trainer.Outcome outcome, String key) {
    return new Gpt2Card(
        "gpt2-mini, trained by the kit on " + data.name() + "'s train split",
        data.name(),
        data.hash(),
        settings,
        seed,
        parameters,
        pieces,
        outcome.epochs().stream()
            .map(
                log ->
                    new MiniCard.Epoch(
                        log.epoch(), log.losses().get("loss"), log.score(), log.seconds()))
            .toList(),
        outcome.bestEpoch(),
        key);
  }
}
