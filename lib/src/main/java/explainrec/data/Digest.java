package explainrec.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A running SHA-256 over files, words and number columns; everything is length-prefixed. */
final class Digest {
  private static final int CHUNK = 8192;

  private final MessageDigest sha;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Long.BYTES);

  Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Digest add(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    sha.update(bytes);
    return this;
  }

  Digest add(long number) {
    buffer.clear();
    buffer.putLong(number);
    return flush();
  }

  Digest add(Iterable<String> words) {
    for (String word : words) {
      add(word);
    }
    return this;
  }

  Digest add(int[] numbers) {
    add(numbers.length);
    for (int from = 0; from < numbers.length; from += CHUNK) {
      buffer.clear();
      for (int n = from; n < Math.min(numbers.length, from + CHUNK); n++) {
        buffer.putInt(numbers[n]);
      }
      flush();
    }
    return this;
  }

  Digest add(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[1 << 16];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        sha.update(block, 0, n);
      }
    } catch (IOException e) {
      throw Input.unreadable(file, e);
    }
    return this;
  }

  String hex() {
    return HexFormat.of().formatHex(sha.digest());
  }

  private Digest flush() {
    buffer.flip();
    sha.update(buffer);
    return this;
  }
}
