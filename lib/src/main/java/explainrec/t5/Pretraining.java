package explainrec.t5;

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
import explainrec.text.PieceTrainer;
import explainrec.text.Pieces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes {@code t5-mini}: learns a vocabulary and a small T5 from the train split's reviews, and
 * leaves both in a folder with Hugging Face's files, which {@link LanguageModel#open} opens.
 *
 * <p>The model first restores masked spans, then learns to write whole reviews from hints ({@link
 * MiniSettings#miniObjective}). In both it is the decoder's attention to the encoder that it has to
 * learn to use: later the encoder sees nothing but a soft prompt, and a frozen decoder that had
 * learnt to do without would not listen.
 */
public final class Pretraining {
  /** First phase of training. */
  public static final String SPANS = "spans";

  /** Second phase of training. */
  public static final String LANGUAGE_MODEL = "language model";

  private static final int SENTINELS = 32;
  private static final int VALIDATED = 1000; // texts at most
  private static final int PATIENCE = 2; // epochs without a better validation loss that are borne
  private static final double DROPOUT = 0.1; // for training it further; none is used here
  private static final int BUCKETS = 32;
  private static final int MAX_DISTANCE = 128;
  private static final double EPSILON = 1e-6;

  private final PretrainingData data;
  private final MiniSettings settings;
  private final Device device;
  private final long seed;
  private final Path work;
  private final String key;
  private final Function<String, ? extends List<? extends TrainingListener>> listeners;

  private Pretraining(
      PretrainingData data,
      MiniSettings settings,
      Device device,
      long seed,
      Path work,
      String key,
      Function<String, ? extends List<? extends TrainingListener>> listeners) {
    this.data = data;
    this.settings = settings;
    this.device = device;
    this.seed = seed;
    this.work = work;
    this.key = key;
    this.listeners = listeners;
  }

  /**
   * Makes the model, or finds it made with the same texts, settings, seed and code. Killed and
   * started again, training goes on from its last epoch; the folder appears when all is done.
   *
   * @param data the texts
   * @param settings of the model and its training
   * @param device to compute on
   * @param seed of everything random
   * @param folder of the model; one of other texts, settings, seed or code is replaced
   * @param code changes when the code does that the model depends on
   * @param listeners of each phase, {@link #SPANS} and {@link #LANGUAGE_MODEL}, by its name
   * @return {@code folder}
   * @throws InputException when there are no texts, the loss is no longer a number, or the folder
   *     cannot be written to
   */
  public static Path run(
      PretrainingData data,
      MiniSettings settings,
      Device device,
      long seed,
      Path folder,
      String code,
      Function<String, ? extends List<? extends TrainingListener>> listeners) {
    String key = String.join(" | ", settings.toString(), "seed " + seed, data.hash(), code);
    return WholeFolder.make(
        folder,
        place -> MiniCard.standsIn(place, key),
        work -> new Pretraining(data, settings, device, seed, work, key, listeners).make());
  }

  private void make() {
    Pieces pieces = PieceTrainer.train(data.train(), settings.miniVocabulary(), SENTINELS);
    Path tokenizerFile = work.resolve(LanguageModel.TOKENIZER);
    pieces.save(tokenizerFile);
    List<int[]> train;
    List<int[]> validation;
    try (T5Tokenizer tokenizer = T5Tokenizer.open(tokenizerFile)) {
      train = encode(tokenizer, "train", data.train());
      validation = encode(tokenizer, "validation", some(data.validation()));
    }
    T5Config config = config(pieces);
    saveConfig(config);
    try (NDManager manager = NDManager.newBaseManager(device);
        Parameters parameters = MiniStart.of(manager, device, config, seed)) {
      List<MiniCard.Phase> phases = new ArrayList<>();
      Objective spans = new SpanCorruption(pieces);
      Objective writing = Rewriting.of(settings.miniObjective(), pieces);
      T5 t5 = new T5(config);
      TextTask first =
          new TextTask(t5, parameters, spans, train, validation, settings.miniBatchSize());
      phases.add(train(SPANS, first, settings.miniSpanEpochs(), seed));
      TextTask second =
          new TextTask(t5, parameters, writing, train, validation, settings.miniBatchSize());
      phases.add(train(LANGUAGE_MODEL, second, settings.miniLmEpochs(), seed + 1));
      parameters.save(work.resolve(LanguageModel.WEIGHTS));
      for (String phase : List.of(SPANS, LANGUAGE_MODEL)) {
        WholeFolder.delete(state(phase));
      }
      card(parameters.count(), pieces.size(), phases).write(work);
    } catch (IOException e) {
      throw new InputException(work + ": cannot be written to: " + e.getMessage(), e);
    }
  }

  private List<int[]> encode(T5Tokenizer tokenizer, String part, List<String> texts) {
    List<int[]> ids =
        tokenizer.encode(texts).stream()
            .filter(text -> text.length > 1) // more than its end
            .map(text -> T5Tokenizer.cut(text, settings.miniTokens()))
            .toList();
    if (ids.isEmpty()) {
      throw new InputException(
          data.name() + ": no " + part + " review has a text, and t5-mini learns from texts");
    }
    return ids;
  }

  private List<String> some(List<String> texts) {
    int[] order = Shuffle.of(IntStream.range(0, texts.size()).toArray(), seed);
    return Arrays.stream(order).limit(VALIDATED).sorted().mapToObj(texts::get).toList();
  }

  private T5Config config(Pieces pieces) {
    return new T5Config(
        pieces.size(),
        settings.miniWidth(),
        settings.miniWidth() / settings.miniHeads(),
        settings.miniHidden(),
        settings.miniLayers(),
        settings.miniLayers(),
        settings.miniHeads(),
        BUCKETS,
        MAX_DISTANCE,
        DROPOUT,
        EPSILON,
        false,
        true,
        Pieces.PAD,
        Pieces.END,
        Pieces.PAD);
  }

  /** Hugging Face's {@code config.json}. */
  private void saveConfig(T5Config config) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.putArray("architectures").add("T5ForConditionalGeneration");
    json.put("model_type", "t5")
        .put("is_encoder_decoder", true)
        .put("vocab_size", config.vocabulary())
        .put("d_model", config.width())
        .put("d_kv", config.headWidth())
        .put("d_ff", config.hidden())
        .put("num_layers", config.encoderLayers())
        .put("num_decoder_layers", config.decoderLayers())
        .put("num_heads", config.heads())
        .put("relative_attention_num_buckets", config.buckets())
        .put("relative_attention_max_distance", config.maxDistance())
        .put("dropout_rate", config.dropout())
        .put("layer_norm_epsilon", config.epsilon())
        .put("feed_forward_proj", "relu")
        .put("tie_word_embeddings", config.tied())
        .put("pad_token_id", config.pad())
        .put("eos_token_id", config.end())
        .put("decoder_start_token_id", config.start());
    AtomicFiles.write(
        work.resolve(LanguageModel.CONFIG),
        out -> mapper.writerWithDefaultPrettyPrinter().writeValue(out, json));
  }

  private MiniCard.Phase train(String phase, TextTask task, int epochs, long phaseSeed) {
    List<TrainingListener> all = new ArrayList<>(listeners.apply(phase));
    all.add(new EarlyStop(PATIENCE));
    Trainer.Outcome outcome =
        new Trainer(settings.miniLearningRate(), epochs, phaseSeed, all)
            .train(task, new FileCheckpoint(state(phase), key));
    return new MiniCard.Phase(
        phase,
        outcome.epochs().stream()
            .map(
                log ->
                    new MiniCard.Epoch(
                        log.epoch(), log.losses().get("loss"), log.score(), log.seconds()))
            .toList(),
        outcome.bestEpoch());
  }

  private Path state(String phase) {
    return work.resolve(phase.replace(' ', '-') + ".state");
  }

  private MiniCard card(long parameters, int pieces, List<MiniCard.Phase> phases) {
    return new MiniCard(
        "t5-mini, pre-trained by the kit on " + data.name() + "'s train split",
        data.name(),
        data.hash(),
        settings,
        seed,
        parameters,
        pieces,
        phases,
        key);
  }
}
