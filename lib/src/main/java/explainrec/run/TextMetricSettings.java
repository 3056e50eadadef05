package explainrec.run;

import explainrec.data.InputException;

/**
 * How written texts are measured beyond BLEU, ROUGE and METEOR.
 *
 * @param bertEncoder whose token vectors BERTScore compares: {@code roberta-large} (the paper's;
 *     its files in data/roberta-large), {@code minilm} (all-MiniLM-L6-v2, part of the kit), {@code
 *     auto} (roberta-large where it is, else minilm), a folder with Hugging Face's files of a BERT
 *     or RoBERTa, or {@code none}
 */
public record TextMetricSettings(String bertEncoder) {
  /** Checks that there is one. */
  public TextMetricSettings {
    if (bertEncoder.isBlank()) {
      throw InputException.setting(
          "bertEncoder", bertEncoder, "auto, roberta-large, minilm, a folder, or none");
    }
  }

  /**
   * The paper's encoder where it is, else the kit's.
   *
   * @return auto
   */
  public static TextMetricSettings defaults() {
    return new TextMetricSettings("auto");
  }
}
