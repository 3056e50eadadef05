package explainrec.backbones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import explainrec.data.DataSettings;
import explainrec.data.Preparation;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.data.World;
import explainrec.data.WorldSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthRatingTest {
  @TempDir Path folder;

  @Test
  void errsByTheNoiseFloorAndNoLess() {
    World world = new World(WorldSettings.smoke());
    Prepared prepared =
        Preparation.prepare(world, DataSettings.defaults(), folder, Progress.SILENT);
    var data = prepared.interactions();
    int n = data.size();
    int[] users = new int[n];
    int[] items = new int[n];
    for (int row = 0; row < n; row++) {
      users[row] = data.user(row);
      items[row] = data.item(row);
    }
    float[][] predicted = new TruthRating(world.truth(), data).predict(users, items);
    assertEquals(data.aspects().size() + 1, predicted.length);
    double squares = 0;
    for (int row = 0; row < n; row++) {
      squares += Math.pow(predicted[0][row] - data.overall(row), 2);
    }
    assertEquals(world.truth().noiseFloor(), Math.sqrt(squares / n), 0.03);
  }
}
