package explainrec.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings one file to {@code FILE.part}, going on where an earlier run was cut.
 *
 * <p>Beside it {@code FILE.part.tag} holds the server's tag for the content, so that halves of two
 * different versions are never put together.
 */
final class FetchDownload {
  private static final int BUFFER = 1 << 16;
  private static final long REPORT_EVERY = 1 << 20;

  private final FetchSettings settings;
  private final FetchDisk disk;
  private final FetchConnection connection;
  private final Progress progress;

  /** The connection failed in a way that another attempt may mend. */
  private static final class CutException extends Exception {
    private static final long serialVersionUID = 1L;

    CutException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Prepares downloads.
   *
   * @param settings how patient
   * @param disk where to write
   * @param progress hears of bytes
   */
  FetchDownload(FetchSettings settings, FetchDisk disk, Progress progress) {
    this.settings = settings;
    this.disk = disk;
    this.progress = progress;
    connection = new FetchConnection(settings.patience());
  }

  /**
   * Downloads until the part file is complete.
   *
   * @param item what
   * @param part where to
   * @return the SHA-256 that the publisher stated on the way, or null
   * @throws InputException in one line, when it cannot be had; the part is kept
   */
  String to(FetchSource.Item item, Path part) {
    String problem = "";
    for (int attempt = 0; attempt < settings.attempts(); attempt++) {
      try {
        if (attempt > 0) {
          Thread.sleep(settings.pause().toMillis() << (attempt - 1));
        }
        return attempt(item, part);
      } catch (CutException e) {
        problem = e.getMessage();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InputException(item.url() + ": stopped; run it again to go on", e);
      }
    }
    throw new InputException(
        item.url()
            + ": "
            + problem
            + " ("
            + settings.attempts()
            + " attempts); check the network and run it again, it goes on where it stopped");
  }

  private String attempt(FetchSource.Item item, Path part)
      throws CutException, InterruptedException {
    Path tagFile = part.resolveSibling(part.getFileName() + ".tag");
    URI url = URI.create(item.url());
    try {
      String tag = Files.exists(tagFile) ? Files.readString(tagFile).strip() : "";
      long from = Files.exists(part) ? Files.size(part) : 0;
      if (item.sha256() != null && item.size() > 0 && from == item.size()) {
        return null;
      }
      boolean other = item.size() > 0 && from > item.size();
      if (other || tag.isEmpty() && item.sha256() == null) {
        from = 0; // nothing tells whether those bytes belong to the file of today
      }
      FetchConnection.Answer answer = ask(url, from, tag);
      try (InputStream body = answer.body()) {
        if (answer.status() == 416 && from > 0 && answer.total() == from) {
          return answer.sha256();
        }
        if (answer.status() == 416) {
          Files.deleteIfExists(part);
          throw new CutException("the server does not know that part of the file", null);
        }
        refuse(url, answer.status());
        long start = answer.status() == 206 ? answer.start() : 0;
        if (answer.status() == 206 && start != from) {
          Files.deleteIfExists(part);
          throw new CutException("the server sent another part than asked for", null);
        }
        room(part, answer.total() - start);
        Files.writeString(tagFile, answer.tag());
        copy(item, body, part, start, answer.total());
      }
      return answer.sha256();
    } catch (IOException e) {
      throw new InputException(part + ": cannot be written: " + reason(e), e);
    }
  }

  private FetchConnection.Answer ask(URI url, long from, String tag)
      throws CutException, InterruptedException {
    try {
      return connection.get(url, from, tag);
    } catch (IOException e) {
      throw new CutException("no answer from " + url.getHost() + " (" + reason(e) + ")", e);
    }
  }

  /** Sorts out the statuses that bring no file: some pass with time, some do not. */
  private static void refuse(URI url, int status) throws CutException {
    if (status == 200 || status == 206) {
      return;
    }
    if (status == 408 || status == 429 || status >= 500) {
      throw new CutException("the server is busy or broken (HTTP " + status + ")", null);
    }
    String why =
        status == 404 || status == 410
            ? "the file is no longer there"
            : status == 401 || status == 403 ? "the publisher does not let us in" : "no file came";
    throw new InputException(
        url + ": " + why + " (HTTP " + status + "); see the publisher's page for its new place");
  }

  private void room(Path part, long needed) throws IOException {
    long free = disk.free(part.toAbsolutePath().getParent());
    if (needed > free) {
      throw full(part, needed - free, null);
    }
  }

  private static InputException full(Path part, long missing, IOException cause) {
    String amount = missing > 0 ? "at least " + (missing / 1_000_000 + 1) + " MB" : "some space";
    return new InputException(
        part
            + ": the disk is full or does not take more; free "
            + amount
            + " and run it again, it goes on where it stopped",
        cause);
  }

  private void copy(FetchSource.Item item, InputStream body, Path part, long start, long total)
      throws CutException, IOException {
    AtomicLong heard = new AtomicLong(System.nanoTime());
    ScheduledExecutorService watch = watch(body, heard);
    long done = start;
    long reported = start;
    try (OutputStream out = disk.open(part, start > 0)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = read(body, buffer, done, total); n >= 0; n = read(body, buffer, done, total)) {
        heard.set(System.nanoTime());
        write(out, buffer, n, part, total - done);
        done += n;
        if (done - reported >= REPORT_EVERY) {
          progress.update("fetch " + item.file(), done, total);
          reported = done;
        }
      }
    } finally {
      watch.shutdownNow();
    }
    progress.update("fetch " + item.file(), done, total);
    if (total >= 0 && done != total) {
      throw new CutException(cut(done, total), null);
    }
  }

  /** Closes a body from which nothing came for too long, so that reading it fails. */
  private ScheduledExecutorService watch(InputStream body, AtomicLong heard) {
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "fetch-watch");
              thread.setDaemon(true);
              return thread;
            });
    long patience = settings.patience().toNanos();
    Runnable check =
        () -> {
          if (System.nanoTime() - heard.get() > patience) {
            try {
              body.close();
            } catch (IOException e) {
              // Reading fails all the more.
            }
          }
        };
    watch.scheduleAtFixedRate(check, patience / 4, patience / 4, TimeUnit.NANOSECONDS);
    return watch;
  }

  private static int read(InputStream body, byte[] buffer, long done, long total)
      throws CutException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw new CutException(cut(done, total), e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int n, Path part, long missing) {
    try {
      out.write(buffer, 0, n);
    } catch (IOException e) {
      throw full(part, missing, e);
    }
  }

  private static String cut(long done, long total) {
    return "the connection was cut after " + done + (total >= 0 ? " of " + total : "") + " bytes";
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
