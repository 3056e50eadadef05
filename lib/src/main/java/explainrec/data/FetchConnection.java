package explainrec.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request for (the rest of) a file, redirects followed. */
final class FetchConnection {
  private static final int MOST_REDIRECTS = 8;
  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(\\d+)");
  private static final Pattern SHA256 = Pattern.compile("\"?([0-9a-f]{64})\"?");

  private final HttpClient client;
  private final Duration patience;

  /**
   * What a server answered.
   *
   * @param status the HTTP status
   * @param body the bytes; the caller closes it
   * @param start the byte of the file that the body begins with
   * @param total the file's size, or -1 when not said
   * @param tag a value that changes with the file's content (strong ETag or date), or empty
   * @param sha256 the file's hash as the publisher states it on the way, or null
   */
  record Answer(int status, InputStream body, long start, long total, String tag, String sha256) {}

  /**
   * Makes a connection's settings.
   *
   * @param patience longest wait for the head of an answer
   */
  FetchConnection(Duration patience) {
    this.patience = patience;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  /**
   * Asks for a file from some byte on.
   *
   * @param url where it is
   * @param from first byte wanted
   * @param tag the tag under which the earlier bytes came; empty when none
   * @return the answer that is no redirect
   * @throws IOException when the network fails
   * @throws InterruptedException when told to stop
   * @throws InputException for a redirect that leads nowhere
   */
  Answer get(URI url, long from, String tag) throws IOException, InterruptedException {
    URI at = url;
    String stated = null;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(at).timeout(patience).header("User-Agent", "explainrec-kit");
      if (from > 0) {
        request.header("Range", "bytes=" + from + "-");
        if (!tag.isEmpty()) {
          request.header("If-Range", tag);
        }
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      Matcher hash = SHA256.matcher(header(response, "X-Linked-ETag").toLowerCase(Locale.ROOT));
      stated = hash.matches() ? hash.group(1) : stated;
      int status = response.statusCode();
      boolean redirect = status > 300 && status < 309 && status != 304 && status != 306;
      if (!redirect) {
        return answer(response, stated);
      }
      response.body().close();
      at = next(url, at, header(response, "Location"));
    }
    throw new InputException(
        url
            + ": redirected more than "
            + MOST_REDIRECTS
            + " times; the address leads in circles, look at the publisher's page");
  }

  private static URI next(URI url, URI at, String location) {
    try {
      URI next = at.resolve(URI.create(location));
      boolean web = "http".equals(next.getScheme()) || "https".equals(next.getScheme());
      boolean weaker = "https".equals(at.getScheme()) && !"https".equals(next.getScheme());
      if (!location.isEmpty() && web && next.getHost() != null && !weaker) {
        return next;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one line below
    }
    throw new InputException(
        url
            + ": redirected to '"
            + location
            + "', which is no safe web address; look at the publisher's page");
  }

  private static Answer answer(HttpResponse<InputStream> response, String stated) {
    long start = 0;
    long total = -1;
    Matcher range = RANGE.matcher(header(response, "Content-Range"));
    if (range.matches()) {
      start = range.group(1) == null ? 0 : Long.parseLong(range.group(1));
      total = Long.parseLong(range.group(2));
    } else if (response.statusCode() == 200) {
      total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    }
    String tag = header(response, "ETag");
    if (tag.isEmpty() || tag.startsWith("W/")) {
      tag = header(response, "Last-Modified");
    }
    return new Answer(response.statusCode(), response.body(), start, total, tag, stated);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
