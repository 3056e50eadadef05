package explainrec.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads float32 tensors of a safetensors file by name, one at a time, so that a large file is never
 * in memory twice.
 *
 * <p>The file is the length of its header (8 bytes, little-endian), the header (JSON: name to
 * dtype, shape and data_offsets) and the tensors' bytes.
 */
public final class Safetensors implements AutoCloseable {
  private static final int LENGTH = 8;
  private static final long LONGEST_HEADER = 100_000_000; // the format's own limit

  private final Path file;
  private final FileChannel channel;
  private JsonNode header;
  private long data; // where the tensors' bytes start

  private Safetensors(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a file and reads its header.
   *
   * @param file {@code model.safetensors}
   * @return the file, to be closed
   * @throws InputException when it is missing or damaged
   */
  public static Safetensors open(Path file) {
    try {
      Safetensors opened = new Safetensors(file, FileChannel.open(file, StandardOpenOption.READ));
      try {
        opened.readHeader();
      } catch (IOException | RuntimeException e) {
        opened.close();
        throw e;
      }
      return opened;
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": no such file; check the path", e);
    } catch (EOFException | JsonProcessingException e) {
      throw new InputException(
          file + ": not a whole safetensors file (its header is cut or damaged); copy it again", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void readHeader() throws IOException {
    long length = bytes(0, LENGTH).getLong();
    if (length < 2 || length > LONGEST_HEADER) {
      throw new EOFException();
    }
    header = new ObjectMapper().readTree(bytes(LENGTH, (int) length).array());
    data = LENGTH + length;
  }

  /**
   * Asks for a tensor.
   *
   * @param name of a tensor
   * @return whether the file has it
   */
  public boolean has(String name) {
    return header.has(name);
  }

  /**
   * Reads a tensor.
   *
   * @param name as it stands in the file
   * @param shape that it must have
   * @return its numbers, rows first
   * @throws InputException naming file and tensor when it is missing, cut, or of another shape or
   *     type
   */
  public float[] read(String name, long... shape) {
    JsonNode entry = header.get(name);
    String place = file + ": tensor " + name;
    if (entry == null) {
      throw new InputException(place + " is missing; do config.json and weights belong together?");
    }
    String type = entry.path("dtype").asText();
    if (!type.equals("F32")) {
      throw new InputException(
          place + " is of type " + type + ", expected F32; save the weights as float32");
    }
    long[] found = new long[entry.path("shape").size()];
    Arrays.setAll(found, n -> entry.path("shape").get(n).asLong());
    if (!Arrays.equals(found, shape)) {
      throw new InputException(
          place
              + (" has shape " + Arrays.toString(found) + ", expected " + Arrays.toString(shape))
              + "; do config.json and weights belong together?");
    }
    return floats(place, entry.path("data_offsets"), shape);
  }

  private float[] floats(String place, JsonNode offsets, long[] shape) {
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    long from = offsets.path(0).asLong(-1);
    if (from < 0 || offsets.path(1).asLong() - from != count * Float.BYTES) {
      throw new InputException(place + " has damaged offsets; copy the file again");
    }
    float[] values = new float[Math.toIntExact(count)];
    int rows = 1 << 22; // numbers read at a time
    try {
      for (int n = 0; n < values.length; n += rows) {
        int many = Math.min(rows, values.length - n);
        bytes(data + from + (long) n * Float.BYTES, many * Float.BYTES)
            .asFloatBuffer()
            .get(values, n, many);
      }
    } catch (EOFException e) {
      throw new InputException(place + " is cut short; copy the file again", e);
    } catch (IOException e) {
      throw new InputException(place + " cannot be read: " + e.getMessage(), e);
    }
    return values;
  }

  private ByteBuffer bytes(long from, int count) throws IOException {
    if (from + count > channel.size()) {
      throw new EOFException();
    }
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
