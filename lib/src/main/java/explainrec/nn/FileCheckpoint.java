package explainrec.nn;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import explainrec.data.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A checkpoint in one file, replaced whole after every epoch: a key that says what is trained, the
 * epochs so far, the parameters, the best ones, and the optimizer's moments. A file of another key,
 * or a broken one, is not resumed from.
 */
public final class FileCheckpoint implements Checkpoint {
  private static final int FORMAT = 1;
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
          DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(raw, CHUNK));
          Optimizer.State moments = state.optimizer().state();
          out.writeInt(FORMAT);
          writeText(out, key);
          writeText(out, json.writeValueAsString(state.epochs()));
          out.writeInt(state.bestEpoch());
          out.writeLong(moments.steps());
          write(out, state.parameters().values());
          write(out, state.best());
          write(out, moments.first());
          write(out, moments.second());
          out.flush();
        });
  }

  @Override
  public void resume(TrainingState state) {
    if (!Files.exists(file)) {
      return;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK))) {
      if (in.readInt() != FORMAT || !readText(in).equals(key)) {
        return;
      }
      List<EpochLog> epochs = json.readValue(readText(in), new TypeReference<>() {});
      int bestEpoch = in.readInt();
      long steps = in.readLong();
      int count = Math.toIntExact(state.parameters().count());
      float[] values = read(in, count);
      float[] best = read(in, count);
      Optimizer.State moments = new Optimizer.State(steps, read(in, count), read(in, count));
      state.parameters().set(values);
      state.optimizer().restore(moments);
      state.resume(epochs, bestEpoch, best);
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

  private static void write(DataOutputStream out, float[] values) throws IOException {
    out.writeInt(values.length);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    for (int from = 0; from < values.length; from += CHUNK / 4) {
      int length = Math.min(CHUNK / 4, values.length - from);
      chunk.clear().asFloatBuffer().put(values, from, length);
      out.write(chunk.array(), 0, 4 * length);
    }
  }

  private static float[] read(DataInputStream in, int count) throws IOException {
    if (in.readInt() != count) {
      throw new IOException("another number of parameters");
    }
    float[] values = new float[count];
    byte[] chunk = new byte[CHUNK];
    for (int from = 0; from < count; from += CHUNK / 4) {
      int length = Math.min(CHUNK / 4, count - from);
      in.readFully(chunk, 0, 4 * length);
      ByteBuffer.wrap(chunk).asFloatBuffer().get(values, from, length);
    }
    return values;
  }
}
