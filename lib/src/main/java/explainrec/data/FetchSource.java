package explainrec.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that can be fetched, and what its publisher says about it.
 *
 * @param title one line
 * @param page where the publisher describes it
 * @param licence the licence, or that there is none
 * @param terms what a user has to know
 * @param files what to download; none where the publisher wants to be asked
 * @param request what to do instead of a download; empty where there is one
 * @param place the file name that a file got by request is put under; null where there is a
 *     download
 * @param use the next step, once it is there
 */
public record FetchSource(
    String title,
    String page,
    String licence,
    List<String> terms,
    List<Item> files,
    List<String> request,
    String place,
    String use) {

  /**
   * One file of a source.
   *
   * @param file its name in the data folder
   * @param url where it is
   * @param sha256 its hash, or null when nobody published one
   * @param size its bytes, or 0 when unknown
   */
  public record Item(String file, String url, String sha256, long size) {}

  /** Freezes the lists. */
  public FetchSource {
    terms = List.copyOf(terms);
    files = List.copyOf(files);
    request = List.copyOf(request);
  }

  /** The names that {@link #named} knows. */
  public static List<String> names() {
    return List.of("tripadvisor", "ratebeer", "t5-small");
  }

  /**
   * Reads the description of a source.
   *
   * @param name one of {@link #names()}
   * @return what the kit knows of it
   * @throws InputException for another name
   */
  public static FetchSource named(String name) {
    Check.oneOf("source", name, names().toArray(String[]::new));
    try (InputStream in = FetchSource.class.getResourceAsStream("/sources/" + name + ".yaml")) {
      return new ObjectMapper(new YAMLFactory()).readValue(in, FetchSource.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Title, page, licence and terms, as lines to print before anything is downloaded. */
  public List<String> about() {
    List<String> lines = new ArrayList<>();
    lines.add(title);
    lines.add("Publisher: " + page);
    lines.add("Licence: " + licence);
    terms.forEach(term -> lines.add("Terms: " + term));
    return lines;
  }
}
