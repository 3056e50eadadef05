package explainrec.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short fingerprint of a model's weights. */
final class WeightsHash {
  private static final int DIGITS = 12;

  private WeightsHash() {}

  /**
   * Reads a file to its end.
   *
   * @param weights the file
   * @return the first 12 hexadecimal digits of its SHA-256 sum
   * @throws IOException when it cannot be read
   */
  static String of(InputStream weights) throws IOException {
    try {
      DigestInputStream in = new DigestInputStream(weights, MessageDigest.getInstance("SHA-256"));
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
