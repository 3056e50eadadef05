package explainrec.report;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers that a paper prints, read from {@code papers/*.yaml}.
 *
 * @param name the paper's method
 * @param source where it was published
 * @param titles model key to the name in tables
 * @param datasets our data set to the paper's column beside it
 * @param data Table 1, by the paper's data set
 * @param overall Table 2: data set to model to [RMSE, MAE] of the overall rating
 * @param aspects Table 3: data set to model to [RMSE mean, sd, MAE mean, sd] over aspects
 * @param claims which model is said to beat which in ratings
 * @param reviews data set to model to [METEOR, BLEU, ROUGE-1, -2, -L, BERTScore P, R, F1], percent
 * @param languageModels what writes a model's reviews, for models that have a ready-made one
 * @param reviewClaims which model is said to write reviews that score higher than another's
 * @param settingClaims which value of a setting of ELIXIR is said, or asked by this kit, to write
 *     reviews that score higher than another
 * @param statedMillions the size that the paper gives for ELIXIR, in millions of numbers
 * @param settings what the paper and the authors' code have for each setting, and for facts that
 *     are no setting here
 * @param promptTokens number of prompt tokens to [METEOR, BLEU, ROUGE-2] on TripAdvisor, percent
 */
public record Papers(
    String name,
    String source,
    Map<String, String> titles,
    Map<String, Beside> datasets,
    Map<String, DataSize> data,
    Map<String, Map<String, List<Double>>> overall,
    Map<String, Map<String, List<Double>>> aspects,
    List<Claim> claims,
    Map<String, Map<String, List<Double>>> reviews,
    Map<String, String> languageModels,
    List<Claim> reviewClaims,
    List<SettingClaim> settingClaims,
    int statedMillions,
    Map<String, SettingTables.Published> settings,
    Map<Integer, List<Double>> promptTokens) {
  /** ELIXIR, arXiv 2508.20312. */
  public static final Papers ELIXIR = read("elixir", Papers.class);

  /**
   * The paper's column that stands beside one of our data sets.
   *
   * @param column the paper's data set
   * @param note how far the two are comparable, a sentence for the foot of a table
   */
  public record Beside(String column, String note) {}

  /**
   * One model is said to have smaller rating errors, or better reviews, than another.
   *
   * @param better the model said to be better
   * @param worse the model said to be worse
   */
  public record Claim(String better, String worse) {}

  /**
   * One value of a setting is said to write better reviews than another, all else alike.
   *
   * @param setting its key
   * @param better the value said to be better
   * @param worse the value said to be worse
   * @param sentence the claim in words, without the score
   */
  public record SettingClaim(String setting, String better, String worse, String sentence) {}

  /**
   * One line of Table 1.
   *
   * @param aspects number of aspects
   * @param users users before filtering
   * @param items items before filtering
   * @param interactions reviews before filtering, as printed
   * @param keptUsers users after filtering
   * @param keptItems items after filtering
   * @param keptInteractions reviews after filtering, as printed
   */
  public record DataSize(
      int aspects,
      int users,
      int items,
      String interactions,
      int keptUsers,
      int keptItems,
      String keptInteractions) {}

  /**
   * Reads one of the kit's own files about a paper.
   *
   * @param paper name of the file without ending
   * @param type its record
   */
  static <T> T read(String paper, Class<T> type) {
    String resource = "/papers/" + paper + ".yaml";
    try (InputStream in = Papers.class.getResourceAsStream(resource)) {
      return new YAMLMapper().readValue(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException("the kit's own file " + resource, e);
    }
  }

  /**
   * Which of the paper's columns stands beside a data set.
   *
   * @param dataset our name of it
   * @return column and note; empty for data that the paper knows nothing about
   */
  public Optional<Beside> beside(String dataset) {
    return Optional.ofNullable(datasets.get(dataset));
  }

  /**
   * The paper's errors of the overall rating.
   *
   * @param dataset our name of the data set
   * @param model the model's key
   * @return [RMSE, MAE], or empty when the paper has none
   */
  public Optional<List<Double>> overall(String dataset, String model) {
    return beside(dataset).map(b -> overall.get(b.column())).map(models -> models.get(model));
  }

  /**
   * The paper's errors of the aspect ratings.
   *
   * @param dataset our name of the data set
   * @param model the model's key
   * @return [RMSE mean, RMSE sd, MAE mean, MAE sd] over aspects, or empty when the paper has none
   */
  public Optional<List<Double>> aspects(String dataset, String model) {
    return beside(dataset).map(b -> aspects.get(b.column())).map(models -> models.get(model));
  }

  /**
   * The paper's scores of reviews.
   *
   * @param dataset our name of the data set
   * @param model the model's key
   * @return [METEOR, BLEU, ROUGE-1, -2, -L, BERTScore P, R, F1] in percent, or empty when the paper
   *     has none
   */
  public Optional<List<Double>> reviews(String dataset, String model) {
    return beside(dataset).map(b -> reviews.get(b.column())).map(models -> models.get(model));
  }
}
