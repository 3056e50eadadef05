package explainrec.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceTrainerTest {
  private static final int PLENTY = 1000;
  private static final int CHARACTERS = 3 + 94 + 1; // special pieces, printable ASCII, word mark

  @Test
  void theMostFrequentPairsMergeFirstAndRareOnesNever() {
    // _ab twice, _ac once: (_, a) stands three times, then (_a, b) twice, (_a, c) once.
    Pieces pieces = PieceTrainer.train(List.of("ab ac", "ab"), PLENTY, 0);
    assertEquals(
        List.of(new Pieces.Merge("\u2581", "a"), new Pieces.Merge("\u2581a", "b")),
        pieces.merges());
    assertEquals(CHARACTERS + 2, pieces.size());
    assertEquals(List.of("\u2581a", "\u2581ab"), pieces.all().subList(CHARACTERS, pieces.size()));
  }

  @Test
  void equallyFrequentPairsMergeInTheOrderOfTheirPieces() {
    Pieces pieces = PieceTrainer.train(List.of("xy xy", "ab ab"), CHARACTERS + 1, 0);
    assertEquals(List.of(new Pieces.Merge("a", "b")), pieces.merges());
  }

  @Test
  void aRunOfTheSameCharacterMergesFromTheLeft() {
    // (a, a) stands twice in each word, but merged it is _ aa a, not _ a aa.
    Pieces pieces = PieceTrainer.train(List.of("aaa aaa"), PLENTY, 0);
    assertEquals(
        List.of("aa", "\u2581aa", "\u2581aaa"), pieces.all().subList(CHARACTERS, pieces.size()));
  }

  @Test
  void lettersDigitsAndMarksDoNotShareAPiece() {
    assertEquals(List.of("\u2581great", "!!!"), PieceTrainer.split("\u2581great!!!"));
    assertEquals(List.of("\u2581(", "12", "oz", ")."), PieceTrainer.split("\u2581(12oz)."));
    assertEquals(List.of("\u2581don't", "'"), PieceTrainer.split("\u2581don't'"));
    assertEquals(List.of("\u2581'", "tis"), PieceTrainer.split("\u2581'tis"));
    Pieces pieces = PieceTrainer.train(List.of("wow! wow! wow! 10oz 10oz"), PLENTY, 0);
    assertTrue(pieces.all().contains("\u2581wow"));
    assertTrue(pieces.all().contains("\u258110"));
    assertFalse(pieces.all().stream().anyMatch(piece -> piece.endsWith("w!")));
    assertFalse(pieces.all().contains("0o"));
  }

  @Test
  void sentinelsAreTheLastIdsCountedFromTheEnd() {
    Pieces pieces = PieceTrainer.train(List.of("ab ab"), CHARACTERS + 1 + 3, 3);
    assertEquals(CHARACTERS + 1 + 3, pieces.size());
    assertEquals("<extra_id_0>", pieces.all().get(pieces.size() - 1));
    assertEquals("<extra_id_2>", pieces.all().get(pieces.size() - 3));
    assertEquals(pieces.size() - 1, pieces.sentinel(0));
    assertEquals(pieces.size() - 3, pieces.sentinel(2));
    assertThrows(IllegalArgumentException.class, () -> pieces.sentinel(3));
    assertEquals(List.of("<pad>", "</s>", "<unk>"), pieces.all().subList(0, 3));
  }

  @Test
  void everyPrintableAsciiCharacterIsInAndOthersWhenTheyAreNotRare() {
    List<String> texts = new ArrayList<>(Collections.nCopies(30, "caf\u00e9"));
    texts.add("na\u00efve");
    Pieces pieces = PieceTrainer.train(texts, PLENTY, 0);
    for (char c = '!'; c <= '~'; c++) {
      assertTrue(pieces.all().contains(String.valueOf(c)));
    }
    assertTrue(pieces.all().contains("\u00e9"));
    assertFalse(pieces.all().contains("\u00ef"));
  }

  @Test
  void theSameTextsInAnyOrderGiveTheSameBytes(@TempDir Path folder) throws IOException {
    List<String> texts = randomTexts(1);
    PieceTrainer.train(texts, 300, 8).save(folder.resolve("a.json"));
    Collections.shuffle(texts, new Random(2));
    PieceTrainer.train(texts, 300, 8).save(folder.resolve("b.json"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.json")), Files.readAllBytes(folder.resolve("b.json")));
  }

  @Test
  void noPieceStandsTwiceAndEachMergeMakesOneOfItsHalves() {
    Pieces pieces = PieceTrainer.train(randomTexts(3), 500, 8);
    assertEquals(500, pieces.size());
    assertEquals(500, new HashSet<>(pieces.all()).size());
    for (Pieces.Merge merge : pieces.merges()) {
      assertTrue(pieces.all().contains(merge.left() + merge.right()));
    }
  }

  /** Words of few letters, so that pairs meet in many ways. */
  private static List<String> randomTexts(long seed) {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int n = 0; n < 300; n++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 8; word++) {
        int length = 1 + random.nextInt(7);
        for (int c = 0; c < length; c++) {
          text.append((char) ('a' + random.nextInt(4)));
        }
        text.append(' ');
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
