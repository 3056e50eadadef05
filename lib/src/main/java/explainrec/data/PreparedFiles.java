package explainrec.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/** The columns of prepared data in one binary file with a checksum at its end. */
final class PreparedFiles {
  static final String TEXTS = "texts.txt";
  static final String COLUMNS = "columns.bin";
  static final String SPLIT = "split.json";
  static final String SUMMARY = "prepared.json";
  static final String STATISTICS = "statistics.json";
  static final String LEAKS = "leaks.json";
  static final ObjectMapper JSON = new ObjectMapper();

  private static final int MAGIC = 0x45524b31; // ERK1

  /** The columns with the names that their numbers stand for. */
  record Table(Columns columns, List<String> users, List<String> items) {}

  private PreparedFiles() {}

  static void writeColumns(Path file, Table table) throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(
            new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), new CRC32());
    try (DataOutputStream out = new DataOutputStream(checked)) {
      Columns columns = table.columns();
      out.writeInt(MAGIC);
      out.writeInt(columns.aspects);
      out.writeInt(columns.size);
      writeNames(out, table.users());
      writeNames(out, table.items());
      writeInts(out, columns.user);
      writeInts(out, columns.item);
      writeFloats(out, columns.overall);
      writeFloats(out, columns.aspect);
      writeLongs(out, columns.time);
      writeLongs(out, columns.textStart);
      writeInts(out, columns.textLength);
      writeInts(out, columns.words);
      writeInts(out, columns.line);
      out.writeLong(checked.getChecksum().getValue());
    }
  }

  static Table readColumns(Path file) throws IOException {
    CheckedInputStream checked =
        new CheckedInputStream(
            new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32());
    try (DataInputStream in = new DataInputStream(checked)) {
      if (in.readInt() != MAGIC) {
        throw new IOException("not the kit's columns");
      }
      int aspects = in.readInt();
      int size = in.readInt();
      List<String> users = readNames(in);
      List<String> items = readNames(in);
      Columns columns = new Columns(aspects, size);
      columns.size = size;
      readInts(in, columns.user);
      readInts(in, columns.item);
      readFloats(in, columns.overall);
      readFloats(in, columns.aspect);
      readLongs(in, columns.time);
      readLongs(in, columns.textStart);
      readInts(in, columns.textLength);
      readInts(in, columns.words);
      readInts(in, columns.line);
      long sum = checked.getChecksum().getValue();
      if (in.readLong() != sum) {
        throw new IOException("wrong checksum");
      }
      return new Table(columns, users, items);
    }
  }

  private static void writeNames(DataOutputStream out, List<String> names) throws IOException {
    out.writeInt(names.size());
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private static List<String> readNames(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<String> names = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      names.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
    return List.copyOf(names);
  }

  private static void writeInts(OutputStream out, int[] numbers) throws IOException {
    for (int from = 0; from < numbers.length; from += CHUNK) {
      ByteBuffer buffer = ByteBuffer.allocate(4 * Math.min(CHUNK, numbers.length - from));
      buffer.asIntBuffer().put(numbers, from, buffer.capacity() / 4);
      out.write(buffer.array());
    }
  }

  private static final int CHUNK = 1 << 14;

  private static void writeFloats(OutputStream out, float[] numbers) throws IOException {
    for (int from = 0; from < numbers.length; from += CHUNK) {
      ByteBuffer buffer = ByteBuffer.allocate(4 * Math.min(CHUNK, numbers.length - from));
      buffer.asFloatBuffer().put(numbers, from, buffer.capacity() / 4);
      out.write(buffer.array());
    }
  }

  private static void writeLongs(OutputStream out, long[] numbers) throws IOException {
    for (int from = 0; from < numbers.length; from += CHUNK) {
      ByteBuffer buffer = ByteBuffer.allocate(8 * Math.min(CHUNK, numbers.length - from));
      buffer.asLongBuffer().put(numbers, from, buffer.capacity() / 8);
      out.write(buffer.array());
    }
  }

  private static void readInts(InputStream in, int[] numbers) throws IOException {
    for (int from = 0; from < numbers.length; from += CHUNK) {
      int n = Math.min(CHUNK, numbers.length - from);
      block(in, 4 * n).asIntBuffer().get(numbers, from, n);
    }
  }

  private static void readFloats(InputStream in, float[] numbers) throws IOException {
    for (int from = 0; from < numbers.length; from += CHUNK) {
      int n = Math.min(CHUNK, numbers.length - from);
      block(in, 4 * n).asFloatBuffer().get(numbers, from, n);
    }
  }

  private static void readLongs(InputStream in, long[] numbers) throws IOException {
    for (int from = 0; from < numbers.length; from += CHUNK) {
      int n = Math.min(CHUNK, numbers.length - from);
      block(in, 8 * n).asLongBuffer().get(numbers, from, n);
    }
  }

  private static ByteBuffer block(InputStream in, int bytes) throws IOException {
    byte[] read = in.readNBytes(bytes);
    if (read.length < bytes) {
      throw new IOException("ends too early");
    }
    return ByteBuffer.wrap(read);
  }
}
