package explainrec.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and shapes over one array of numbers, and the file they are kept in. */
final class ParametersTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu());

  @TempDir private Path folder;

  @AfterEach
  void free() {
    manager.close();
  }

  private Parameters make(long seed) {
    return Parameters.builder()
        .add("table", Initial.uniform(-0.1, 0.1), 3, 4)
        .add("weight", Initial.xavierUniform(10, 14), 10, 14)
        .add("bias", Initial.zeros(), 5)
        .build(manager, Device.cpu(), seed);
  }

  @Test
  void startsKeepToTheirBoundsAndTheSeed() {
    Parameters parameters = make(1);
    float[] table = parameters.frozen().get("table").toFloatArray();
    float[] weight = parameters.frozen().get("weight").toFloatArray();
    assertTrue(largest(table) <= 0.1 && largest(table) > 0.05);
    double bound = Math.sqrt(6.0 / 24);
    assertTrue(largest(weight) <= bound && largest(weight) > 0.95 * bound);
    assertArrayEquals(new float[5], parameters.frozen().get("bias").toFloatArray());
    assertArrayEquals(parameters.values(), make(1).values());
    assertFalse(Arrays.equals(parameters.values(), make(2).values()));
    assertEquals(12 + 140 + 5, parameters.count());
  }

  @Test
  void viewsShowWhatIsSetAndLeavesToo() {
    Parameters parameters = make(1);
    NDArray seen = parameters.frozen().get("bias");
    float[] values = new float[157];
    for (int n = 0; n < values.length; n++) {
      values[n] = n;
    }
    parameters.set(values);
    float[] bias = {152, 153, 154, 155, 156};
    assertArrayEquals(bias, seen.toFloatArray());
    assertArrayEquals(bias, parameters.leaves().get("bias").toFloatArray());
    assertEquals(new Shape(10, 14), parameters.leaves().get("weight").getShape());
  }

  @Test
  void aNameStandsOnceAndAnUnknownOneIsAFault() {
    Parameters.Builder builder = Parameters.builder().add("x", Initial.zeros(), 1);
    assertThrows(IllegalArgumentException.class, () -> builder.add("x", Initial.zeros(), 2));
    Weights weights = make(1).frozen();
    assertThrows(IllegalArgumentException.class, () -> weights.get("no such"));
  }

  @Test
  void theFileIsPlainSafetensors() throws IOException {
    Parameters parameters = make(1);
    Path file = folder.resolve("model.safetensors");
    parameters.save(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong());
    JsonNode json = new ObjectMapper().readTree(bytes.array(), 8, header);
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    names.remove("__metadata__");
    assertEquals(Set.of("table", "weight", "bias"), Set.copyOf(names));
    assertEquals("F32", json.at("/weight/dtype").asText());
    assertEquals("[10,14]", json.at("/weight/shape").toString());
    float[] weight = new float[140];
    bytes.position(8 + header + json.at("/weight/data_offsets/0").asInt());
    bytes.asFloatBuffer().get(weight);
    assertArrayEquals(parameters.frozen().get("weight").toFloatArray(), weight);
  }

  @Test
  void numbersOfAnotherTypeAreRefused() throws IOException {
    Path file = folder.resolve("double.safetensors");
    NDArray table = manager.create(new double[12], new Shape(3, 4));
    NDArray weight = manager.zeros(new Shape(10, 14));
    NDArray bias = manager.zeros(new Shape(5));
    table.setName("table");
    weight.setName("weight");
    bias.setName("bias");
    try (OutputStream out = Files.newOutputStream(file)) {
      new NDList(table, weight, bias).encode(out, NDList.Encoding.SAFETENSORS);
    }
    Parameters parameters = make(1);
    InputException e = assertThrows(InputException.class, () -> parameters.load(file));
    assertTrue(e.getMessage().contains("double.safetensors"), e.getMessage());
    assertTrue(e.getMessage().contains("parameter table"), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void numbersOfManyPartsAreSetSavedAndLoadedWhole() {
    int more = 7;
    long rows = Numbers.PART + more;
    Parameters.Builder builder =
        Parameters.builder()
            .add("first", Initial.uniform(-1, 1), rows)
            .add("second", Initial.uniform(-1, 1), rows, 5);
    Parameters parameters = builder.build(manager, Device.cpu(), 1);
    float[] start = parameters.values();
    assertArrayEquals(
        Arrays.copyOf(start, (int) rows), parameters.frozen().get("first").toFloatArray());
    Path file = folder.resolve("model.safetensors");
    parameters.save(file);
    Parameters other = builder.build(manager, Device.cpu(), 2);
    assertFalse(Arrays.equals(start, other.values()));
    other.load(file);
    assertArrayEquals(start, other.values());
    other.set(new float[start.length]);
    Numbers.copy(parameters.numbers(), other.numbers());
    assertArrayEquals(start, other.values());
  }

  @Test
  void aFileThatIsCutChangesNothing() throws IOException {
    Path file = folder.resolve("model.safetensors");
    make(1).save(file);
    byte[] whole = Files.readAllBytes(file);
    Parameters parameters = make(2);
    float[] before = parameters.values();
    for (int length : new int[] {3, 20, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(InputException.class, () -> parameters.load(file));
      assertArrayEquals(before, parameters.values());
    }
  }

  @Test
  void aParameterLargerThanAJavaBufferIsRefused() {
    Parameters.Builder builder = Parameters.builder();
    builder.add("small enough", Initial.zeros(), 25_600, 20_000);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> builder.add("psi", Initial.zeros(), 25_600, 25_600));
    assertTrue(e.getMessage().contains("655360000 numbers, at most 536870911"), e.getMessage());
  }

  @Test
  void aShuffleHoldsTheSameRowsInAnOrderOfItsSeed() {
    int[] rows = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29};
    int[] order = Shuffle.of(rows, 1);
    assertEquals(2, rows[0]);
    assertFalse(Arrays.equals(rows, order));
    assertArrayEquals(order, Shuffle.of(rows, 1));
    assertFalse(Arrays.equals(order, Shuffle.of(rows, 2)));
    Arrays.sort(order);
    assertArrayEquals(rows, order);
    assertEquals(0, Shuffle.of(new int[0], 1).length);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
