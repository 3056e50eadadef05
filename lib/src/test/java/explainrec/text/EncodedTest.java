package explainrec.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EncodedTest {
  private final List<List<String>> calls = new ArrayList<>();

  private List<Object> encode(List<String> sentences) {
    calls.add(List.copyOf(sentences));
    return sentences.stream().map(sentence -> new Object()).toList();
  }

  @Test
  void eachDistinctSentenceIsComputedOnce() {
    Encoded<Object> encoded = new Encoded<>(this::encode, 10, 10);
    List<Object> first = encoded.of(List.of("a", "b", "a"));
    assertSame(first.get(0), first.get(2));
    assertSame(first.get(1), encoded.of(List.of("b", "c")).get(0));
    assertEquals(List.of(List.of("a", "b"), List.of("c")), calls);
  }

  @Test
  void onlyTheSentencesAskedForLastAreKeptAndAllAreAnswered() {
    Encoded<Object> encoded = new Encoded<>(this::encode, 10, 2);
    List<Object> found = encoded.of(List.of("a", "b", "c", "a"));
    assertSame(found.get(0), found.get(3));
    assertEquals(2, encoded.size());
    assertSame(found.get(2), encoded.of(List.of("c")).get(0));
    encoded.of(List.of("a"));
    assertEquals(List.of(List.of("a", "b", "c"), List.of("a")), calls);
  }

  @Test
  void howeverManyDifferentSentencesComeNoMoreAreKeptThanAsked() {
    Encoded<Object> encoded = new Encoded<>(this::encode, 100, 500);
    for (int step = 0; step < 20; step++) {
      int from = step * 100;
      encoded.of(IntStream.range(from, from + 100).mapToObj(n -> "sentence " + n).toList());
    }
    assertEquals(500, encoded.size());
  }

  @Test
  void noCallGetsMoreThanFitAtOnce() {
    new Encoded<>(this::encode, 2, 10).of(List.of("a", "b", "c"));
    assertEquals(List.of(List.of("a", "b"), List.of("c")), calls);
  }

  @Test
  void whatWasForgottenIsComputedAgain() {
    Encoded<Object> encoded = new Encoded<>(this::encode, 10, 10);
    encoded.of(List.of("a"));
    encoded.forget();
    encoded.of(List.of("a"));
    assertEquals(List.of(List.of("a"), List.of("a")), calls);
  }
}
