package explainrec.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClausesTest {
  private static final Clauses.Models MODELS = Clauses.Models.load();

  private static List<String> clauses(boolean divide, String text) {
    return new Clauses(MODELS, divide)
        .of(text).stream().map(clause -> String.join(" ", clause.words())).toList();
  }

  private static boolean firstPerson(String sentence) {
    return new Clauses(MODELS, false).of(sentence).get(0).firstPerson();
  }

  @Test
  void aSentenceOfTwoStatementsIsDividedWhereTheSecondHasItsOwnSubjectAndVerb() {
    assertEquals(
        List.of("the soup was cold", "the bread was lovely", "nobody cared"),
        clauses(true, "The soup was cold, but the bread was lovely. However, nobody cared."));
    assertEquals(
        List.of("the soup was cold", "the waiter smiled"),
        clauses(true, "the soup was cold, while the waiter smiled"));
  }

  @Test
  void wordsThatAreOnlyListedStayTogether() {
    assertEquals(
        List.of("the soup was plain but warm and good"),
        clauses(true, "the soup was plain but warm and good."));
    assertEquals(
        List.of("the aroma of bread and butter filled the room"),
        clauses(true, "the aroma of bread and butter filled the room"));
  }

  @Test
  void sentencesStayWholeWhenAsked() {
    assertEquals(
        List.of("the soup was cold but the bread was lovely", "nobody cared"),
        clauses(false, "The soup was cold, but the bread was lovely. Nobody cared."));
  }

  @Test
  void wordsKeepTheirApostrophesAndLoseTheirMarks() {
    assertEquals(
        List.of("it's the chef's best dish isn't it"),
        clauses(false, "It's the chef&apos;s \"best\" dish, isn't it?"));
  }

  @Test
  void aTextWithoutWordsHasNoClauses() {
    assertEquals(List.of(), clauses(true, ""));
    assertEquals(List.of(), clauses(true, " ... !!! "));
  }

  @Test
  void aSubjectInTheFirstPersonIsToldFromOneFurtherOn() {
    assertTrue(firstPerson("we found the towels dirty."));
    assertTrue(firstPerson("honestly, i loved the soup."));
    assertTrue(firstPerson("I've had better soup."));
    assertFalse(firstPerson("the soup was better than i expected."));
    assertFalse(firstPerson("my partner said the soup was cold."));
    assertFalse(firstPerson("the waiter brought us the soup."));
  }
}
