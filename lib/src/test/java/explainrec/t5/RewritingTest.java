package explainrec.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import explainrec.text.PieceTrainer;
import explainrec.text.Pieces;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RewritingTest {
  private static final Pieces PIECES = PieceTrainer.train(List.of("ab ab cd cd"), 200, 8);
  private static final int AB = PIECES.all().indexOf("\u2581ab");
  private static final int CD = PIECES.all().indexOf("\u2581cd");
  private static final int DOT = PIECES.all().indexOf(".");

  /** "ab cd. ab" */
  private static final int[] TEXT = {AB, CD, DOT, AB, Pieces.END};

  @Test
  void aPrefixIsShownAndTheRestIsAskedFor() {
    Example example = Rewriting.prefix(TEXT, 2);
    assertArrayEquals(new int[] {AB, CD, Pieces.END}, example.input());
    assertArrayEquals(new int[] {DOT, AB, Pieces.END}, example.target());
    example = Rewriting.prefix(TEXT, 0);
    assertArrayEquals(new int[] {Pieces.END}, example.input());
    assertArrayEquals(TEXT, example.target());
  }

  @Test
  void aShareOfTheWholeWordsIsShownAndTheTextIsAskedFor() {
    Example none = Rewriting.keywords(PIECES, TEXT, 0, 1);
    assertArrayEquals(new int[] {Pieces.END}, none.input());
    assertArrayEquals(TEXT, none.target());
    for (int seed = 0; seed < 20; seed++) {
      Example all = Rewriting.keywords(PIECES, TEXT, 1, seed);
      assertEquals(counts(TEXT), counts(all.input()));
      int cd = Arrays.stream(all.input()).boxed().toList().indexOf(CD);
      assertEquals(DOT, all.input()[cd + 1], "the pieces of a word stay together");
      Example some = Rewriting.keywords(PIECES, TEXT, 0.34, seed); // one of three words
      assertTrue(some.input().length <= 3, "too many words");
    }
  }

  @Test
  void theOrderOfTheWordsIsRandomAndTheSameForTheSameSeed() {
    int[] first = Rewriting.keywords(PIECES, TEXT, 1, 1).input();
    assertArrayEquals(first, Rewriting.keywords(PIECES, TEXT, 1, 1).input());
    boolean another = false;
    for (int seed = 2; seed < 20; seed++) {
      another |= !Arrays.equals(first, Rewriting.keywords(PIECES, TEXT, 1, seed).input());
    }
    assertTrue(another);
  }

  @Test
  void bothObjectivesShowFromNothingToAlmostAll() {
    for (String name : List.of("keywords", "prefix")) {
      Objective objective = Rewriting.of(name, PIECES);
      Map<Integer, Integer> lengths = new TreeMap<>();
      SplittableRandom random = new SplittableRandom(1);
      for (int n = 0; n < 200; n++) {
        lengths.merge(objective.of(TEXT, random).input().length, 1, Integer::sum);
      }
      assertTrue(lengths.containsKey(1), name + " " + lengths);
      assertTrue(lengths.containsKey(4) || lengths.containsKey(5), name + " " + lengths);
      assertFalse(lengths.containsKey(6), name + " " + lengths);
    }
  }

  private static Map<Integer, Integer> counts(int[] ids) {
    Map<Integer, Integer> counts = new TreeMap<>();
    Arrays.stream(ids).forEach(id -> counts.merge(id, 1, Integer::sum));
    return counts;
  }
}
