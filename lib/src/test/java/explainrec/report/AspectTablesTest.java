package explainrec.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import explainrec.data.InputException;
import explainrec.run.AspectResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/** What rating modules make of aspects, from their files. */
class AspectTablesTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  @TempDir private Path folder;

  @Test
  void aPairShowsAttentionTruthAndRatings() {
    ResultTable table = AspectTables.pair(SampleAspects.attentive(), 0);
    assertEquals(List.of("location", "0.60", "0.60", "0.20", "3.5", "4.0"), table.rows().get(0));
    assertEquals(List.of("overall", "–", "–", "–", "3.8", "4.0"), table.rows().get(3));
  }

  @Test
  void withoutATrueWorldThereIsNoColumnOfTruth() {
    float[][] attention = {{0.2f, 0.3f, 0.5f}};
    AspectResult run = SampleAspects.run("elixir", 1, attention, null);
    assertEquals(5, AspectTables.pair(run, 0).headings().size());
    List<String> users = AspectTables.importance(List.of(run)).rows().get(0);
    assertEquals(List.of("–", "–", "–"), users.subList(5, 8));
    InputException e = assertThrows(InputException.class, () -> AspectCharts.importance(run));
    assertTrue(e.getMessage().contains("generated world"), e.getMessage());
  }

  @Test
  void rankCorrelationsAreWithinUsersAndOverAll() {
    List<String> users = AspectTables.importance(List.of(SampleAspects.attentive())).rows().get(0);
    assertEquals("users", users.get(2));
    // Eleven users in the right order, one the wrong way round: (11 - 1) / 12.
    assertEquals("0.83", users.get(5));
    assertEquals("12", users.get(8));
  }

  @Test
  void entropyIsOneForEqualWeightsAndNoneForAChoice() {
    assertEquals(1, AspectTables.entropy(new double[] {0.25, 0.25, 0.25, 0.25}), 1e-12);
    assertEquals(0, AspectTables.entropy(new double[] {0, 1, 0}), 1e-12);
  }

  @Test
  void aUserWhoseWeightsAreAllAlikeHasNoRanks() {
    double[][] weights = {{0.5, 0.5}, {0.3, 0.7}};
    double[][] truth = {{0.1, 0.9}, {0.1, 0.9}};
    assertArrayEquals(new double[] {1}, AspectTables.within(weights, truth), 1e-12);
  }

  @Test
  void theProjectionHasACloudAnAspectInBothPanels() {
    AspectResult run = SampleAspects.attentive();
    Panels panels = (Panels) AspectCharts.projection(run).model();
    assertEquals(2, panels.panels().size());
    for (var panel : panels.panels()) {
      for (String aspect : SampleAspects.ASPECTS) {
        XYSeries cloud = ((XYChart) panel).getSeriesMap().get(aspect);
        assertEquals(12, cloud.getXData().length);
      }
    }
    XYSeries first = ((XYChart) panels.panels().get(0)).getSeriesMap().get("location");
    assertEquals(run.vectors().components()[0][5][0], first.getXData()[5], 1e-6);
  }

  @Test
  void cloudsFarApartAreSeparate() {
    assertEquals(1, AspectCharts.separation(SampleAspects.attentive()));
  }

  @Test
  void filesAreReadBackAndBrokenOnesAreRefused() throws IOException {
    Path file = folder.resolve("runs/elixir-seed42/aspects.json");
    Files.createDirectories(file.getParent());
    MAPPER.writeValue(file.toFile(), SampleAspects.attentive());
    AspectResult read = RunFiles.aspects(folder).get(0);
    assertArrayEquals(
        SampleAspects.attentive().users().attention()[3], read.users().attention()[3]);
    ObjectNode tree = MAPPER.valueToTree(SampleAspects.attentive());
    tree.withObject("vectors").putArray("users").add(1);
    Files.writeString(file, tree.toString());
    InputException e = assertThrows(InputException.class, () -> RunFiles.aspects(folder));
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("of 1 users"), e.getMessage());
  }

  @Test
  void aFolderWithoutThemIsNoError() {
    assertEquals(List.of(), RunFiles.aspects(folder));
  }
}
