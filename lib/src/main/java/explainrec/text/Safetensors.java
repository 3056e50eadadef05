package explainrec.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import explainrec.data.AtomicFiles;
import explainrec.data.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads and writes float32 tensors of a safetensors file by name, one at a time and in parts, so
 * that a large file is never in memory twice and may be larger than a Java array.
 *
 * <p>The file is the length of its header (8 bytes, little-endian), the header (JSON: name to
 * dtype, shape and data_offsets) and the tensors' bytes.
 */
public final class Safetensors implements AutoCloseable {
  private static final int LENGTH = 8;
  private static final long LONGEST_HEADER = 100_000_000; // the format's own limit
  private static final int PART = 1 << 20; // numbers read or written at a time

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
    requireF32(name, shape);
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    float[] values = new float[Math.toIntExact(count)];
    read(name, (part, from, many) -> System.arraycopy(part, 0, values, (int) from, many));
    return values;
  }

  private void requireF32(String name, long[] shape) {
    String place = place(name);
    if (!has(name)) {
      throw new InputException(place + " is missing; do config.json and weights belong together?");
    }
    if (!type(name).equals("F32")) {
      throw new InputException(
          place + " is of type " + type(name) + ", expected F32; save the weights as float32");
    }
    if (!Arrays.equals(shape(name), shape)) {
      throw new InputException(
          place
              + (" has shape " + Arrays.toString(shape(name)))
              + (", expected " + Arrays.toString(shape))
              + "; do config.json and weights belong together?");
    }
  }

  /**
   * The type of a tensor's numbers.
   *
   * @param name of a tensor of this file
   * @return {@code F32} for float32
   */
  public String type(String name) {
    return header.path(name).path("dtype").asText();
  }

  /**
   * The shape of a tensor.
   *
   * @param name of a tensor of this file
   * @return rows first
   */
  public long[] shape(String name) {
    JsonNode shape = header.path(name).path("shape");
    long[] found = new long[shape.size()];
    Arrays.setAll(found, n -> shape.get(n).asLong());
    return found;
  }

  /**
   * Makes sure that a float32 tensor is all there.
   *
   * @param name of a tensor of this file
   * @throws InputException when the file is cut or its header does not add up
   */
  public void requireWhole(String name) {
    long count = Arrays.stream(shape(name)).reduce(1, Math::multiplyExact);
    JsonNode offsets = header.path(name).path("data_offsets");
    long from = offsets.path(0).asLong(-1);
    if (from < 0 || offsets.path(1).asLong() - from != count * Float.BYTES) {
      throw new InputException(place(name) + " has damaged offsets; copy the file again");
    }
    try {
      if (data + from + count * Float.BYTES > channel.size()) {
        throw new InputException(place(name) + " is cut short; copy the file again");
      }
    } catch (IOException e) {
      throw new InputException(place(name) + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Takes a tensor's numbers, part by part. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes some numbers.
     *
     * @param part the first of them are meant; it is used again for the next
     * @param from index in the tensor of the first
     * @param count how many
     */
    void take(float[] part, long from, int count);
  }

  /**
   * Reads a float32 tensor in parts.
   *
   * @param name of a tensor of this file
   * @param sink takes the numbers, first to last
   * @throws InputException when the file is cut or cannot be read
   */
  public void read(String name, Sink sink) {
    requireWhole(name);
    long count = Arrays.stream(shape(name)).reduce(1, Math::multiplyExact);
    long start = data + header.path(name).path("data_offsets").path(0).asLong();
    float[] part = new float[(int) Math.min(PART, count)];
    try {
      for (long from = 0; from < count; from += PART) {
        int many = (int) Math.min(PART, count - from);
        bytes(start + from * Float.BYTES, many * Float.BYTES).asFloatBuffer().get(part, 0, many);
        sink.take(part, from, many);
      }
    } catch (IOException e) {
      throw new InputException(place(name) + " cannot be read: " + e.getMessage(), e);
    }
  }

  private String place(String name) {
    return file + ": tensor " + name;
  }

  /** Gives the numbers of all tensors, part by part. */
  @FunctionalInterface
  public interface Source {
    /**
     * Gives some numbers.
     *
     * @param from index among the numbers of all tensors, in their order
     * @param part to be filled from its start
     * @param count how many
     */
    void give(long from, float[] part, int count);
  }

  /**
   * Writes a file.
   *
   * @param file where to, whole or not at all
   * @param shapes of the tensors, in order
   * @param source gives their numbers
   * @throws InputException when the place cannot be written to
   */
  public static void write(Path file, Map<String, long[]> shapes, Source source) {
    ObjectNode header = new ObjectMapper().createObjectNode();
    long count = 0;
    for (Map.Entry<String, long[]> tensor : shapes.entrySet()) {
      ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
      ArrayNode shape = entry.putArray("shape");
      Arrays.stream(tensor.getValue()).forEach(shape::add);
      ArrayNode offsets = entry.putArray("data_offsets").add(count * Float.BYTES);
      count += Arrays.stream(tensor.getValue()).reduce(1, Math::multiplyExact);
      offsets.add(count * Float.BYTES);
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + LENGTH - 1) / LENGTH * LENGTH; // the numbers start at 8 bytes
    long all = count;
    AtomicFiles.write(
        file,
        out -> {
          ByteBuffer start = ByteBuffer.allocate(LENGTH + padded).order(ByteOrder.LITTLE_ENDIAN);
          start.putLong(padded).put(json);
          Arrays.fill(start.array(), LENGTH + json.length, LENGTH + padded, (byte) ' ');
          out.write(start.array());
          float[] part = new float[(int) Math.min(PART, all)];
          ByteBuffer bytes =
              ByteBuffer.allocate(part.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          for (long from = 0; from < all; from += PART) {
            int many = (int) Math.min(PART, all - from);
            source.give(from, part, many);
            bytes.asFloatBuffer().put(part, 0, many);
            out.write(bytes.array(), 0, many * Float.BYTES);
          }
        });
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
