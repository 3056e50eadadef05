package explainrec.run;

import explainrec.data.InputException;

/**
 * How written texts are measured beyond BLEU, ROUGE and METEOR.
 *
 * @param bertEncoder whose token vectors BERTScore compares: {@code minilm} (all-MiniLM-L6-v2, part
 *     of the kit), {@code roberta-large} (the paper's; where data/roberta-large has it), a folder
 *     with Hugging Face's files of a BERT or RoBERTa, or {@code none}
 */
public record TextMetricSettings(String bertEncoder) {
  /** Checks that there is one. */
  public TextMetricSettings {
    if (bertEncoder.isBlank()) {
      throw InputException.setting(
          "bertEncoder", bertEncoder, "minilm, roberta-large, a folder, or none");
    }
  }

  /**
   * The encoder that every machine has.
   *
   * @return minilm
   */
  public static TextMetricSettings defaults() {
    return new TextMetricSettings("minilm");
  }
}
