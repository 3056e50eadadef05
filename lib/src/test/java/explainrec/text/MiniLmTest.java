package explainrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MiniLmTest {
  static final int WIDTH = 384;

  @Test
  void aTextsVectorsDoNotDependOnItsNeighbours() {
    String text = "The pool was closed, the staff friendly.";
    try (MiniLm encoder = MiniLm.open()) {
      TokenVectors alone = encoder.encode(List.of(text)).get(0);
      TokenVectors among = encoder.encode(List.of("Short.", "word ".repeat(40), text)).get(2);
      assertArrayEquals(alone.ids(), among.ids());
      assertEquals(alone.size() * WIDTH, alone.values().length);
      assertArrayEquals(alone.values(), among.values(), 1e-5f);
    }
  }

  @Test
  void aLongTextIsCutAndKeepsItsEnd() {
    try (MiniLm encoder = MiniLm.open()) {
      TokenVectors cut = encoder.encode(List.of("word ".repeat(40)), 10).get(0);
      assertEquals(10, cut.size());
      assertEquals(102, cut.ids()[9]);
      assertArrayEquals(
          new boolean[] {false, true, true, true, true, true, true, true, true, false},
          cut.counts());
      assertEquals(512, encoder.encode(List.of("word ".repeat(700))).get(0).size());
    }
  }

  @Test
  void noTextsGiveNoVectors() {
    try (MiniLm encoder = MiniLm.open()) {
      assertEquals(List.of(), encoder.encode(List.of()));
    }
  }
}
