package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.text.PieceTrainer;
import explainrec.text.Pieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanCorruptionTest {
  private static final Pieces PIECES = PieceTrainer.train(List.of("ab ab"), 200, 8);
  private static final int S0 = PIECES.sentinel(0);
  private static final int S1 = PIECES.sentinel(1);

  private final SpanCorruption spans = new SpanCorruption(PIECES);

  @Test
  void eachSpanIsReplacedByItsSentinelAndAnsweredBehindIt() {
    // thank you [for inviting] me to your [party]
    int[] text = {10, 11, 12, 13, 14, 15, 16, 17, 1};
    Example example = spans.mask(text, new int[] {2, 3}, new int[] {2, 1});
    assertArrayEquals(new int[] {10, 11, S0, 14, 15, 16, S1, 1}, example.input());
    assertArrayEquals(new int[] {S0, 12, 13, S1, 17, 1}, example.target());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20, 60, 127, 1000})
  void theAnswerPutInPlaceOfTheSentinelsIsTheText(int length) {
    int[] text = IntStream.range(0, length + 1).map(n -> n == length ? 1 : 10 + n % 80).toArray();
    for (int seed = 0; seed < 50; seed++) {
      Example example = spans.of(text, new SplittableRandom(seed));
      assertArrayEquals(text, filledIn(example));
      assertEquals(1, example.target()[example.target().length - 1]);
    }
  }

  @Test
  void fifteenPercentAreMaskedInSpansOfThree() {
    int[] text = IntStream.range(0, 101).map(n -> n == 100 ? 1 : 10).toArray();
    Example example = spans.of(text, new SplittableRandom(1));
    // 15 of 100 pieces, 5 spans; their sentinels and the end are added.
    assertEquals(15 + 5 + 1, example.target().length);
    assertEquals(85 + 5 + 1, example.input().length);
  }

  @Test
  void everyWayToDivideIsAsLikely() {
    int[] counts =
        new int[11]; // by the first part of 5 in 3 parts: 1 1 3, 1 2 2, 1 3 1, 2 1 2, ...
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 0; n < 6000; n++) {
      int[] parts = SpanCorruption.partition(5, 3, random);
      assertEquals(5, Arrays.stream(parts).sum());
      assertTrue(Arrays.stream(parts).allMatch(part -> part >= 1));
      counts[3 * parts[0] + parts[1] - 1]++;
    }
    // first and second part: (1,1) (1,2) (1,3) (2,1) (2,2) (3,1)
    for (int way : new int[] {3, 4, 5, 6, 7, 9}) {
      assertEquals(1000, counts[way], 120);
    }
  }

  private static int[] filledIn(Example example) {
    List<Integer> text = new ArrayList<>();
    for (int id : example.input()) {
      if (id <= PIECES.sentinel(PIECES.sentinels() - 1) - 1) {
        text.add(id);
        continue;
      }
      int at =
          IntStream.range(0, example.target().length)
              .filter(n -> example.target()[n] == id)
              .findFirst()
              .orElseThrow();
      for (int n = at + 1; !isSentinel(example.target()[n]) && example.target()[n] != 1; n++) {
        text.add(example.target()[n]);
      }
    }
    return text.stream().mapToInt(id -> id).toArray();
  }

  private static boolean isSentinel(int id) {
    return id >= PIECES.size() - PIECES.sentinels();
  }
}
