package explainrec.data;

import static explainrec.data.Samples.assertInputError;
import static explainrec.data.Samples.readAll;
import static explainrec.data.Samples.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import net.razorvine.pickle.Pickler;
import net.razorvine.pickle.Unpickler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeterSourceTest {
  @TempDir Path folder;

  private static Map<String, Object> record(int n) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("user", "u" + n);
    record.put("item", 100 + n);
    record.put("rating", 1 + n % 5);
    record.put("template", new Object[] {"soup", "hot", "the soup " + n + " was hot", 1});
    record.put("predicted", "soup");
    return record;
  }

  private Path pickle(Object content) throws IOException {
    return Files.write(folder.resolve("reviews.pickle"), new Pickler().dumps(content));
  }

  private List<Map<String, Object>> records(int count) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      records.add(record(n));
    }
    return records;
  }

  @Test
  void theSentenceIsTheTextAndTheQuadrupleIsKept() throws IOException {
    pickle(records(3));
    PeterSource source = new PeterSource(folder);
    Review second = readAll(source).get(1);
    assertEquals("u1", second.user());
    assertEquals("101", second.item());
    assertEquals(2, second.overall());
    assertEquals("the soup 1 was hot", second.text());
    assertEquals(
        new PeterSource.Quadruple("soup", "hot", "the soup 1 was hot", 1),
        source.quadruples().get(1));
  }

  @Test
  void aPublishedIndexBecomesASplitOfTheRowsThatAreLeft() throws IOException {
    List<Map<String, Object>> records = records(10);
    records.get(3).put("user", null);
    pickle(records);
    Path fold = Files.createDirectory(folder.resolve("2"));
    write(fold, "train.index", "0 1 2 3 4 5");
    write(fold, "validation.index", "7 6");
    write(fold, "test.index", "8 9\n");
    PeterSource source = new PeterSource(folder);
    Prepared prepared =
        Preparation.prepare(source, Samples.settings(), folder.resolve("w"), Progress.SILENT);
    Split split = source.split(prepared, 2);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, split.train());
    assertArrayEquals(new int[] {5, 6}, split.validation());
    assertArrayEquals(new int[] {7, 8}, split.test());
    assertEquals("index-2", split.method());
    write(fold, "test.index", "8 nine");
    assertInputError(() -> source.index(2), "test.index", "row numbers");
    assertInputError(() -> source.index(6), "fold");
  }

  @Test
  void aForeignClassIsRefusedAndNeverBuiltOrCalled() throws IOException {
    AtomicBoolean called = new AtomicBoolean();
    Unpickler.registerConstructor(
        "evil",
        "Thing",
        arguments -> {
          called.set(true);
          return new Object();
        });
    byte[] global = "(lp0\ncevil\nThing\n(S'touch it'\ntRa.".getBytes(StandardCharsets.US_ASCII);
    byte[] instance = "(lp0\n(S'touch it'\nievil\nThing\na.".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream stacked = new ByteArrayOutputStream();
    stacked.write(new byte[] {(byte) 0x80, 4, ']', (byte) 0x8c, 4});
    stacked.write("evil".getBytes(StandardCharsets.US_ASCII));
    stacked.write(new byte[] {(byte) 0x8c, 5});
    stacked.write("Thing".getBytes(StandardCharsets.US_ASCII));
    stacked.write(new byte[] {(byte) 0x93, ')', 'R', 'a', '.'});
    for (byte[] bytes : List.of(global, instance, stacked.toByteArray())) {
      Files.write(folder.resolve("reviews.pickle"), bytes);
      PeterSource source = new PeterSource(folder);
      assertInputError(
          () -> readAll(source), "reviews.pickle", "evil.Thing", "nothing was executed");
      assertFalse(called.get());
    }
  }

  @Test
  void classesThatTheLibraryItselfKnowsAreRefusedToo() throws IOException {
    byte[] decimal = new Pickler().dumps(List.of(new java.math.BigDecimal("1.5")));
    Files.write(folder.resolve("reviews.pickle"), decimal);
    assertInputError(() -> readAll(new PeterSource(folder)), "decimal.Decimal");
  }

  @Test
  void aDamagedOrOtherPickleIsNamed() throws IOException {
    byte[] whole = new Pickler().dumps(records(5));
    Path file = folder.resolve("reviews.pickle");
    PeterSource source = new PeterSource(folder);
    for (int length : new int[] {1, 10, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertInputError(() -> readAll(source), "reviews.pickle");
    }
    pickle(Map.of("a", 1));
    assertInputError(() -> readAll(source), "expected a list");
    pickle(List.of(Map.of("user", "u", "item", "i", "rating", 3)));
    assertInputError(() -> readAll(source), "reviews.pickle:1:", "template");
    Map<String, Object> high = record(0);
    high.put("rating", 9);
    pickle(List.of(high));
    assertInputError(() -> readAll(source), "reviews.pickle:1:", "overall", "1 to 5");
  }
}
