package explainrec.text;

import explainrec.data.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import opennlp.tools.util.Span;

/**
 * Divides texts into sentences or clauses and tags their words, with OpenNLP's English models. One
 * thread uses one.
 */
final class Clauses {
  private static final int LONGEST = 120; // tokens of a sentence that are looked at

  /** Conjunctions that open a new clause when a subject and a verb follow. */
  private static final Set<String> OPENING =
      Set.of("and", "but", "or", "yet", "while", "although", "though", "whereas");

  /** Words that only tie a clause to the one before it. */
  private static final List<List<String>> TIES =
      List.of(
          List.of("on", "the", "other", "hand"),
          List.of("on", "top", "of", "that"),
          List.of("in", "addition"),
          List.of("then", "again"),
          List.of("just", "as"),
          List.of("even", "though"),
          List.of("and"),
          List.of("but"),
          List.of("or"),
          List.of("so"),
          List.of("yet"),
          List.of("plus"),
          List.of("while"),
          List.of("although"),
          List.of("though"),
          List.of("whereas"),
          List.of("because"),
          List.of("also"),
          List.of("however"),
          List.of("still"),
          List.of("besides"),
          List.of("moreover"),
          List.of("furthermore"),
          List.of("nevertheless"),
          List.of("overall"));

  private final Models models;
  private final boolean divide;
  private final SentenceDetectorME sentences;
  private final TokenizerME tokenizer;
  private final POSTaggerME tagger;

  /** The trained models, shared by all threads. */
  record Models(SentenceModel sentences, TokenizerModel tokens, POSModel tags) {
    static Models load() {
      try (InputStream sentences = open("sentence");
          InputStream tokens = open("tokens");
          InputStream tags = open("pos")) {
        return new Models(
            new SentenceModel(sentences), new TokenizerModel(tokens), new POSModel(tags));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static InputStream open(String part) {
      InputStream model =
          Clauses.class.getResourceAsStream("/opennlp-en-ud-ewt-" + part + "-1.3-2.5.4.bin");
      if (model == null) {
        throw new InputException(
            "OpenNLP's English model of "
                + part
                + " is not on the class path; build the kit again");
      }
      return model;
    }
  }

  /**
   * Prepares one thread's reader.
   *
   * @param models the trained models
   * @param divide whether sentences are divided into clauses
   */
  Clauses(Models models, boolean divide) {
    this.models = models;
    this.divide = divide;
    this.sentences = new SentenceDetectorME(models.sentences());
    this.tokenizer = new TokenizerME(models.tokens());
    this.tagger = new POSTaggerME(models.tags());
  }

  /** Another reader of the same kind, for another thread. */
  Clauses copy() {
    return new Clauses(models, divide);
  }

  /**
   * Reads a text.
   *
   * @param text any text
   * @return its sentences or clauses in order, those without words left out
   */
  List<Clause> of(String text) {
    List<Clause> clauses = new ArrayList<>();
    for (String sentence : sentences.sentDetect(unescaped(text))) {
      Span[] spans = tokenizer.tokenizePos(sentence);
      if (spans.length > LONGEST) {
        spans = Arrays.copyOf(spans, LONGEST);
      }
      String[] tokens = new String[spans.length];
      boolean[] glued = new boolean[spans.length];
      for (int t = 0; t < spans.length; t++) {
        tokens[t] = spans[t].getCoveredText(sentence).toString().toLowerCase(Locale.ROOT).intern();
        glued[t] = t > 0 && spans[t].getStart() == spans[t - 1].getEnd();
      }
      String[] tags = tagger.tag(tokens);
      int from = 0;
      for (int t = 1; t <= tokens.length; t++) {
        if (t == tokens.length || divide && opens(tokens, tags, from, t)) {
          add(tokens, tags, glued, from, t, clauses);
          from = t;
        }
      }
    }
    return clauses;
  }

  /** Some sites' reviews came through a web page. */
  private static String unescaped(String text) {
    return text.indexOf('&') < 0
        ? text
        : text.replace("&apos;", "'")
            .replace("&#39;", "'")
            .replace("&quot;", "\"")
            .replace("&amp;", "&");
  }

  /** Whether a new clause begins at a token: with its own subject and verb, after a whole one. */
  private static boolean opens(String[] tokens, String[] tags, int from, int at) {
    return (opening(tokens, at) || tokens[at - 1].matches(";|-{2,}|\\.{2,}"))
        && said(tokens, tags, from, at)
        && said(tokens, tags, at, tokens.length);
  }

  private static boolean opening(String[] tokens, int t) {
    boolean justAs =
        tokens[t].equals("just") && t + 1 < tokens.length && tokens[t + 1].equals("as");
    return justAs || OPENING.contains(tokens[t]);
  }

  /** Whether a part begins with a clause: a noun or pronoun and after it a verb. */
  private static boolean said(String[] tokens, String[] tags, int from, int to) {
    boolean subject = false;
    for (int t = from; t < to; t++) {
      if (t > from && tokens[t].equals(";") || t > from + 1 && opening(tokens, t)) {
        return false;
      }
      if (tags[t].equals("NOUN") || tags[t].equals("PROPN") || tags[t].startsWith("PRON")) {
        subject = true;
      }
      if (subject && (tags[t].equals("VERB") || tags[t].startsWith("AUX"))) {
        return true;
      }
    }
    return false;
  }

  private static void add(
      String[] tokens, String[] tags, boolean[] glued, int from, int to, List<Clause> clauses) {
    int start = untied(tokens, from, to);
    List<String> words = new ArrayList<>();
    for (int t = start; t < to; t++) {
      String word = bare(tokens[t]);
      boolean joined = glued[t] && tokens[t].indexOf('\'') >= 0 && !words.isEmpty();
      if (joined && tokens[t].length() > 1) {
        words.set(words.size() - 1, words.get(words.size() - 1) + tokens[t]);
      } else if (!word.isEmpty()) {
        words.add(word);
      }
    }
    if (!words.isEmpty()) {
      clauses.add(
          new Clause(
              Arrays.copyOfRange(tokens, start, to), Arrays.copyOfRange(tags, start, to), words));
    }
  }

  /** The first token behind words that only tie the clause to the one before. */
  private static int untied(String[] tokens, int from, int to) {
    int start = from;
    boolean again = true;
    while (again) {
      again = false;
      while (start < to && bare(tokens[start]).isEmpty()) {
        start++;
      }
      for (List<String> tie : TIES) {
        int end = start + tie.size();
        if (end < to && tie.equals(Arrays.asList(tokens).subList(start, end))) {
          start = end;
          again = true;
          break;
        }
      }
    }
    return start;
  }

  /** A token without marks at its ends. */
  private static String bare(String token) {
    int from = 0;
    int to = token.length();
    while (from < to && !Character.isLetterOrDigit(token.charAt(from))) {
      from++;
    }
    while (to > from && !Character.isLetterOrDigit(token.charAt(to - 1))) {
      to--;
    }
    return token.substring(from, to);
  }
}
