package explainrec.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A web server on loopback that answers with exactly the bytes it is told to, then hangs up. */
final class FetchTestServer implements AutoCloseable {
  /** Answers one request. */
  interface Handler {
    void answer(Map<String, String> headers, OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  FetchTestServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(this::serve, "fetch-test-server");
    thread.setDaemon(true);
    thread.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + socket.getLocalPort() + path;
  }

  void on(String path, Handler handler) {
    handlers.put(path, handler);
  }

  /** Path and Range header of each request so far. */
  List<String> requests() {
    return new ArrayList<>(requests);
  }

  /** A plain server of one file that understands Range and If-Range. */
  static Handler file(byte[] content, String etag) {
    return (headers, out) -> {
      String range = headers.getOrDefault("range", "");
      boolean same = headers.getOrDefault("if-range", etag).equals(etag);
      int from = range.isEmpty() || !same ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
      String common = "ETag: " + etag + "\r\nConnection: close\r\n";
      if (from > 0 && from >= content.length) {
        head(out, "416 No", common + "Content-Range: bytes */" + content.length);
        return;
      }
      String part =
          from == 0
              ? ""
              : "Content-Range: bytes "
                  + from
                  + "-"
                  + (content.length - 1)
                  + "/"
                  + content.length
                  + "\r\n";
      head(
          out,
          from == 0 ? "200 OK" : "206 Partial",
          common + part + "Content-Length: " + (content.length - from));
      out.write(content, from, content.length - from);
    };
  }

  /** Sends the head for all and the body up to a byte; hangs up once some of it is on disk. */
  static Handler cut(byte[] content, int bytes, Path part) {
    return (headers, out) -> {
      head(out, "200 OK", "ETag: \"v1\"\r\nContent-Length: " + content.length);
      out.write(content, 0, bytes);
      out.flush();
      for (int n = 0; n < 2000 && (!Files.exists(part) || Files.size(part) == 0); n++) {
        LockSupport.parkNanos(5_000_000);
      }
    };
  }

  static Handler status(String status, String headers) {
    return (request, out) -> head(out, status, headers + "Content-Length: 0\r\nConnection: close");
  }

  static void head(OutputStream out, String status, String headers) throws IOException {
    out.write(
        ("HTTP/1.1 " + status + "\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread thread = new Thread(() -> answer(client), "fetch-test-client");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      String path = in.readLine().split(" ")[1];
      Map<String, String> headers = new TreeMap<>();
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        String[] parts = line.split(": ", 2);
        headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
      }
      requests.add((path + " " + headers.getOrDefault("range", "")).strip());
      handlers
          .getOrDefault(path, status("404 Not Found", ""))
          .answer(headers, client.getOutputStream());
    } catch (IOException e) {
      // The client went away: its test sees what it got.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
