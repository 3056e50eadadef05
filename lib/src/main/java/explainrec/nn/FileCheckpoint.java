package explainrec.nn;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A checkpoint in one file, replaced whole after every epoch: a key that says what is trained, the
 * epochs so far, the parameters, the best ones, and the optimizer's moments, copied in parts. A
 * file of another key, or a broken one, is not resumed from.
 */
public final class FileCheckpoint implements Checkpoint {
  private static final int FORMAT = 2;
  private static final int SECTIONS = 4; // of numbers
  private static final int CHUNK = 1 << 16;
  private final ObjectMapper json = new ObjectMapper();
  private final Path file;
  private final String key;

  /**
   * Names the file.
   *
   * @param file where the state is kept
   * @param key changes when settings, seed or data do; a state kept under another key is ignored
   */
  public FileCheckpoint(Path file, String key) {
    this.file = file;
    this.key = key;
  }

  @Override
  public void save(TrainingState state) {
    AtomicFiles.write(
        file,
        raw -> {
          DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, CHUNK));
          out.writeInt(FORMAT);
          writeText(out, key);
          writeText(out, json.writeValueAsString(state.epochs()));
          out.writeInt(state.bestEpoch());
          out.writeLong(state.optimizer().steps());
          for (Numbers numbers : numbers(state)) {
            write(out, numbers);
          }
          out.flush();
        });
  }

  /** Whether there is something of this key to resume from. */
  public boolean begun() {
    if (!Files.exists(file)) {
      return false;
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      return in.readInt() == FORMAT && readText(in).equals(key);
    } catch (IOException e) {
      return false; // a broken one is not resumed from
    }
  }

  @Override
  public void resume(TrainingState state) {
    if (!Files.exists(file)) {
      return;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file);
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel))) {
      if (in.readInt() != FORMAT || !readText(in).equals(key)) {
        return;
      }
      List<EpochLog> epochs = json.readValue(readText(in), new TypeReference<>() {});
      int bestEpoch = in.readInt();
      long steps = in.readLong();
      requireWhole(channel, state.parameters().count());
      DataInputStream rest = new DataInputStream(new BufferedInputStream(in, CHUNK));
      for (Numbers numbers : numbers(state)) {
        read(rest, numbers);
      }
      state.optimizer().resume(steps);
      state.resume(epochs, bestEpoch);
    } catch (IOException e) {
      // A broken checkpoint costs time, not truth: training starts at the beginning.
      System.err.println(file.getFileName() + ": not a whole checkpoint, training starts anew");
    }
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("a text of negative length");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** What is kept of a state, in the file's order. */
  private static List<Numbers> numbers(TrainingState state) {
    return List.of(
        state.parameters().numbers(),
        state.makeBest(),
        state.optimizer().first(),
        state.optimizer().second());
  }

  /** Looks at the lengths before anything is replaced: a cut file must leave no traces. */
  private static void requireWhole(SeekableByteChannel channel, long count) throws IOException {
    long start = channel.position();
    long section = Long.BYTES + count * Float.BYTES;
    if (channel.size() - start != SECTIONS * section) {
      throw new IOException("another number of parameters, or a file that is cut");
    }
    ByteBuffer found = ByteBuffer.allocate(Long.BYTES);
    for (int n = 0; n < SECTIONS; n++) {
      channel.position(start + n * section);
      while (found.hasRemaining() && channel.read(found) >= 0) {
        // a channel may give less than it was asked for
      }
      if (found.flip().remaining() < Long.BYTES || found.getLong() != count) {
        throw new IOException("another number of parameters");
      }
      found.clear();
    }
    channel.position(start);
  }

  private static void write(DataOutputStream out, Numbers numbers) throws IOException {
    out.writeLong(numbers.count());
    float[] part = new float[(int) Math.min(Numbers.PART, numbers.count())];
    ByteBuffer bytes = ByteBuffer.allocate(part.length * Float.BYTES);
    for (long from = 0; from < numbers.count(); from += part.length) {
      int many = (int) Math.min(part.length, numbers.count() - from);
      numbers.read(from, part, many);
      bytes.asFloatBuffer().put(part, 0, many);
      out.write(bytes.array(), 0, many * Float.BYTES);
    }
  }

  private static void read(DataInputStream in, Numbers numbers) throws IOException {
    in.readLong(); // as many as there are, see requireWhole
    float[] part = new float[(int) Math.min(Numbers.PART, numbers.count())];
    ByteBuffer bytes = ByteBuffer.allocate(part.length * Float.BYTES);
    for (long from = 0; from < numbers.count(); from += part.length) {
      int many = (int) Math.min(part.length, numbers.count() - from);
      in.readFully(bytes.array(), 0, many * Float.BYTES);
      bytes.asFloatBuffer().get(part, 0, many);
      numbers.write(from, part, many);
    }
  }
}
