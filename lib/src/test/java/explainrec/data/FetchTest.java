package explainrec.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
  private static final FetchSettings QUICK =
      new FetchSettings(3, Duration.ZERO, Duration.ofSeconds(20));
  private static final byte[] CONTENT = new byte[300_000];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private static final String HASH = DigestUtils.sha256Hex(CONTENT);

  @TempDir Path data;
  private FetchTestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FetchTestServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static FetchSource source(String url, String hash) {
    return new FetchSource(
        "A test",
        "its page",
        "its licence",
        List.of("its terms"),
        List.of(new FetchSource.Item("f.bin", url, hash, 0)),
        List.of(),
        null,
        "go on");
  }

  private FetchReport fetch(String path, String hash) {
    return fetch(path, hash, FetchDisk.REAL);
  }

  private FetchReport fetch(String path, String hash, FetchDisk disk) {
    return new Fetch("x", source(server.url(path), hash), QUICK, disk).into(data, Progress.SILENT);
  }

  private String failure(String path, String hash, FetchDisk disk) {
    String line = assertThrows(InputException.class, () -> fetch(path, hash, disk)).getMessage();
    assertFalse(line.contains("\n"), line);
    assertFalse(Files.exists(file("f.bin")), "nothing under the final name");
    return line;
  }

  private Path file(String name) {
    return data.resolve("x").resolve(name);
  }

  private void assertWhole() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(file("f.bin")));
    assertFalse(Files.exists(file("f.bin.part")));
    assertFalse(Files.exists(file("f.bin.part.tag")));
  }

  @Test
  void aFileArrivesWholeWithLicenceTermsAndProgress() throws IOException {
    server.on("/f", FetchTestServer.file(CONTENT, "\"v1\""));
    List<Long> heard = new ArrayList<>();
    FetchReport report =
        new Fetch("x", source(server.url("/f"), HASH), QUICK, FetchDisk.REAL)
            .into(data, (stage, done, total) -> heard.add(done));
    assertWhole();
    assertTrue(report.complete());
    String text = String.join("\n", report.lines());
    assertTrue(text.contains("its licence") && text.contains("its terms"), text);
    assertTrue(text.contains("SHA-256 as expected") && text.contains("go on"), text);
    assertEquals(CONTENT.length, heard.get(heard.size() - 1));
    assertEquals(HASH + "  f.bin\n", Files.readString(file("SHA256SUMS")));
  }

  @Test
  void aFileThatIsThereIsCheckedAndNotFetchedAgain() throws IOException {
    server.on("/f", FetchTestServer.file(CONTENT, "\"v1\""));
    fetch("/f", HASH);
    fetch("/f", HASH);
    assertEquals(List.of("/f"), server.requests());
    Files.writeString(file("f.bin"), "damaged");
    String line = assertThrows(InputException.class, () -> fetch("/f", HASH)).getMessage();
    assertTrue(line.contains("damaged") && line.contains("delete it"), line);
  }

  @Test
  void aCutConnectionIsResumedWhereItStopped() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    FetchTestServer.Handler whole = FetchTestServer.file(CONTENT, "\"v1\"");
    server.on(
        "/f",
        (headers, out) ->
            (calls.getAndIncrement() == 0
                    ? FetchTestServer.cut(CONTENT, 100_000, file("f.bin.part"))
                    : whole)
                .answer(headers, out));
    fetch("/f", null);
    assertWhole();
    assertResumed(server.requests());
  }

  /**
   * Java's client may drop bytes that had arrived when it learnt of the cut, but not all of them.
   */
  private static void assertResumed(List<String> requests) {
    assertEquals(2, requests.size());
    assertTrue(
        requests.get(1).matches("/f bytes=[1-9][0-9]{0,4}-|/f bytes=100000-"), requests.get(1));
  }

  @Test
  void aConnectionCutForGoodKeepsThePartForTheNextRun() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger tries = new AtomicInteger();
    server.on(
        "/f",
        (headers, out) -> {
          if (tries.getAndIncrement() == 0) {
            FetchTestServer.cut(CONTENT, 100_000, file("f.bin.part")).answer(headers, out);
          } // and from then on hangs up without a word
        });
    String line = failure("/f", null, FetchDisk.REAL);
    assertTrue(line.contains("3 attempts"), line);
    long kept = Files.size(file("f.bin.part"));
    assertTrue(kept > 0 && kept <= 100_000, "kept " + kept);
    server.on(
        "/f",
        (headers, out) -> {
          calls.incrementAndGet();
          assertEquals("\"v1\"", headers.get("if-range"));
          FetchTestServer.file(CONTENT, "\"v1\"").answer(headers, out);
        });
    fetch("/f", null);
    assertEquals(1, calls.get());
    assertWhole();
  }

  @Test
  void halvesOfTwoVersionsAreNeverJoined() throws IOException {
    Files.createDirectories(file(""));
    Files.write(file("f.bin.part"), new byte[1000]);
    server.on("/f", FetchTestServer.file(CONTENT, "\"v2\""));
    Files.writeString(file("f.bin.part.tag"), "\"v1\"");
    fetch("/f", null);
    assertWhole();
    Files.delete(file("f.bin"));
    Files.write(file("f.bin.part"), new byte[1000]); // without a tag and without a hash
    fetch("/f", null);
    assertWhole();
    assertEquals(List.of("/f bytes=1000-", "/f"), server.requests());
  }

  @Test
  void aPartThatIsAlreadyWholeNeedsNoBytes() throws IOException {
    Files.createDirectories(file(""));
    Files.write(file("f.bin.part"), CONTENT);
    Files.writeString(file("f.bin.part.tag"), "\"v1\"");
    server.on("/f", FetchTestServer.file(CONTENT, "\"v1\""));
    fetch("/f", HASH);
    assertWhole();
  }

  @Test
  void aServerThatFallsSilentCountsAsCut() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    server.on(
        "/f",
        (headers, out) -> {
          if (calls.getAndIncrement() > 0) {
            FetchTestServer.file(CONTENT, "\"v1\"").answer(headers, out);
            return;
          }
          FetchTestServer.cut(CONTENT, 50_000, file("f.bin.part")).answer(headers, out);
          out.flush();
          try {
            end.await(); // the line stays open, nothing comes
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    FetchSettings impatient = new FetchSettings(3, Duration.ZERO, Duration.ofSeconds(2));
    Fetch fetch = new Fetch("x", source(server.url("/f"), HASH), impatient, FetchDisk.REAL);
    assertTimeoutPreemptively(Duration.ofMinutes(1), () -> fetch.into(data, Progress.SILENT));
    end.countDown();
    assertWhole();
    assertEquals(2, calls.get());
  }

  @Test
  void aWrongHashIsKeptAsideAndTheNextRunStartsAnew() throws IOException {
    server.on("/f", FetchTestServer.file(new byte[10], "\"v1\""));
    String line = failure("/f", HASH, FetchDisk.REAL);
    assertTrue(line.contains("SHA-256") && line.contains(HASH) && line.contains(".wrong"), line);
    assertTrue(Files.exists(file("f.bin.wrong")));
    server.on("/f", FetchTestServer.file(CONTENT, "\"v2\""));
    fetch("/f", HASH);
    assertWhole();
  }

  @Test
  void withoutAKnownHashTheFirstOneIsRecordedAndHolds() throws IOException {
    server.on("/f", FetchTestServer.file(CONTENT, "\"v1\""));
    String text = String.join("\n", fetch("/f", null).lines());
    assertTrue(text.contains("no hash is published") && text.contains(HASH), text);
    Files.delete(file("f.bin"));
    server.on("/f", FetchTestServer.file(new byte[10], "\"v2\""));
    assertTrue(failure("/f", null, FetchDisk.REAL).contains("instead of " + HASH));
  }

  @Test
  void aHashStatedByThePublisherOnTheWayIsChecked() throws IOException {
    server.on("/f", FetchTestServer.file(CONTENT, "\"v1\""));
    String wrong = "0".repeat(64);
    server.on(
        "/good",
        FetchTestServer.status("302 Found", "Location: /f\r\nX-Linked-ETag: \"" + HASH + "\"\r\n"));
    server.on(
        "/bad",
        FetchTestServer.status(
            "302 Found", "Location: /f\r\nX-Linked-ETag: \"" + wrong + "\"\r\n"));
    assertTrue(failure("/bad", null, FetchDisk.REAL).contains("instead of " + wrong));
    assertTrue(fetch("/good", null).lines().toString().contains("as the publisher states it"));
    assertWhole();
  }

  @Test
  void redirectsAreFollowedButNotInCirclesNorOutOfTheWeb() throws IOException {
    server.on("/f", FetchTestServer.file(CONTENT, "\"v1\""));
    server.on("/a", FetchTestServer.status("301 Moved", "Location: /b\r\n"));
    server.on("/b", FetchTestServer.status("307 Moved", "Location: " + server.url("/f") + "\r\n"));
    fetch("/a", HASH);
    assertWhole();
    Files.delete(file("f.bin"));
    server.on("/c", FetchTestServer.status("302 Found", "Location: /c\r\n"));
    assertTrue(failure("/c", HASH, FetchDisk.REAL).contains("redirected more than 8 times"));
    server.on("/d", FetchTestServer.status("302 Found", "Location: file:///etc/hosts\r\n"));
    assertTrue(failure("/d", HASH, FetchDisk.REAL).contains("no safe web address"));
    server.on("/e", FetchTestServer.status("302 Found", ""));
    assertTrue(failure("/e", HASH, FetchDisk.REAL).contains("no safe web address"));
  }

  @Test
  void missingAndForbiddenFilesFailAtOnceAndBusyServersAreTriedAgain() throws IOException {
    assertTrue(failure("/none", HASH, FetchDisk.REAL).contains("no longer there (HTTP 404)"));
    server.on("/no", FetchTestServer.status("403 Forbidden", ""));
    assertTrue(failure("/no", HASH, FetchDisk.REAL).contains("does not let us in (HTTP 403)"));
    assertEquals(2, server.requests().size());
    AtomicInteger calls = new AtomicInteger();
    FetchTestServer.Handler whole = FetchTestServer.file(CONTENT, "\"v1\"");
    FetchTestServer.Handler busy = FetchTestServer.status("503 Busy", "");
    server.on(
        "/busy",
        (headers, out) -> (calls.getAndIncrement() < 2 ? busy : whole).answer(headers, out));
    fetch("/busy", HASH);
    assertWhole();
  }

  /** A disk that takes only so many bytes in all. */
  private static FetchDisk small(int bytes, long free) {
    return new FetchDisk() {
      @Override
      public OutputStream open(Path file, boolean append) throws IOException {
        OutputStream real = FetchDisk.REAL.open(file, append);
        return new OutputStream() {
          private int left = bytes;

          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] b, int off, int len) throws IOException {
            int taken = Math.min(len, left);
            real.write(b, off, taken);
            left -= taken;
            if (taken < len) {
              throw new IOException("No space left on device");
            }
          }

          @Override
          public void close() throws IOException {
            real.close();
          }
        };
      }

      @Override
      public long free(Path folder) {
        return free;
      }
    };
  }

  @Test
  void aDiskThatFillsUpKeepsThePartAndTheNextRunGoesOn() throws IOException {
    server.on("/f", FetchTestServer.file(CONTENT, "\"v1\""));
    String line = failure("/f", HASH, small(100_000, Long.MAX_VALUE));
    assertTrue(line.contains("disk is full") && line.contains("at least 1 MB"), line);
    assertEquals(1, server.requests().size());
    assertEquals(100_000, Files.size(file("f.bin.part")));
    fetch("/f", HASH);
    assertEquals("/f bytes=100000-", server.requests().get(1));
    assertWhole();
  }

  @Test
  void aDiskKnownToBeTooSmallIsNotWrittenTo() {
    server.on("/f", FetchTestServer.file(CONTENT, "\"v1\""));
    assertTrue(failure("/f", HASH, small(1 << 30, 10)).contains("disk is full"));
    assertFalse(Files.exists(file("f.bin.part")));
  }

  @Test
  void noNetworkIsOneLineThatNamesTheHost() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = closed.getLocalPort();
    }
    Fetch fetch =
        new Fetch("x", source("http://127.0.0.1:" + port + "/f", HASH), QUICK, FetchDisk.REAL);
    String line =
        assertThrows(InputException.class, () -> fetch.into(data, Progress.SILENT)).getMessage();
    assertTrue(line.contains("no answer from 127.0.0.1"), line);
    assertTrue(line.contains("check the network"), line);
  }

  @Test
  void aFolderThatCannotBeMadeIsOneLine() throws IOException {
    Files.writeString(data.resolve("x"), "a file stands here");
    String line = assertThrows(InputException.class, () -> fetch("/f", HASH)).getMessage();
    assertTrue(line.contains("check its rights"), line);
  }

  @Test
  void aSourceByRequestSaysWhatToDoAndAcceptsTheFile() throws IOException {
    FetchReport asked = Fetch.run("ratebeer", data, Progress.SILENT);
    assertFalse(asked.complete());
    String text = String.join("\n", asked.lines());
    assertTrue(text.contains("write to") && text.contains("ratebeer.json.gz"), text);
    assertFalse(Files.exists(data.resolve("ratebeer")));
    Files.createDirectories(data.resolve("ratebeer"));
    Files.writeString(data.resolve("ratebeer/ratebeer.json.gz"), "there");
    assertTrue(Fetch.run("ratebeer", data, Progress.SILENT).complete());
  }

  @Test
  void everySourceIsDescribedInFull() {
    for (String name : FetchSource.names()) {
      FetchSource source = FetchSource.named(name);
      assertTrue(Fetch.about(name).size() >= 4, name);
      assertTrue(source.files().isEmpty() != source.request().isEmpty(), name);
      for (FetchSource.Item item : source.files()) {
        assertTrue(item.url().startsWith("https://") && item.url().endsWith("/" + item.file()));
        assertTrue(item.sha256() == null || item.sha256().matches("[0-9a-f]{64}"));
      }
    }
    assertThrows(InputException.class, () -> FetchSource.named("elsewhere"));
    assertEquals(
        List.of("config.json", "tokenizer.json", "model.safetensors"),
        FetchSource.named("t5-small").files().stream().map(FetchSource.Item::file).toList());
  }
}
