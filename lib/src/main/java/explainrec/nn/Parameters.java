package explainrec.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import explainrec.data.AtomicFiles;
import explainrec.data.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * All trainable numbers of a model in one flat array, with names and shapes over it.
 *
 * <p>One array means one gradient (a single concatenation in the backward pass), one pass of the
 * optimizer and one copy to keep the best epoch. The parameters themselves are views of it, made
 * anew for every step.
 */
public final class Parameters implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, Shape> shapes;
  private final NDArray flat; // (P)
  private final Map<String, NDArray> views =
      new LinkedHashMap<>(); // of flat, in each parameter's shape

  private Parameters(NDManager manager, Map<String, Shape> shapes, float[] values) {
    this.manager = manager;
    this.shapes = shapes;
    this.flat = manager.create(new Shape(values.length), DataType.FLOAT32);
    set(values);
    long[] cuts = new long[shapes.size() - 1]; // where the 2nd, 3rd, ... parameter starts
    long offset = 0;
    int n = 0;
    for (Shape shape : shapes.values()) {
      offset += shape.size();
      if (n < cuts.length) {
        cuts[n++] = offset;
      }
    }
    NDList parts = flat.split(cuts);
    n = 0;
    for (Map.Entry<String, Shape> parameter : shapes.entrySet()) {
      views.put(parameter.getKey(), parts.get(n++).reshape(parameter.getValue()));
    }
  }

  /**
   * Starts a description of a model's parameters.
   *
   * @return an empty one
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects names, shapes and starts, in order. */
  public static final class Builder {
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final List<Initial> starts = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a parameter.
     *
     * @param name unique, dotted, as it stands in the saved file
     * @param start how it starts
     * @param shape its shape
     * @return this
     */
    public Builder add(String name, Initial start, long... shape) {
      if (shapes.put(name, new Shape(shape)) != null) {
        throw new IllegalArgumentException("parameter " + name + " stands twice");
      }
      starts.add(start);
      return this;
    }

    /**
     * Counts the numbers described so far.
     *
     * @return P
     */
    public long count() {
      return shapes.values().stream().mapToLong(Shape::size).sum();
    }

    /**
     * Makes the parameters.
     *
     * @param parent lives longer than they do
     * @param device where they live
     * @param seed of their random start
     * @return the parameters, to be closed
     */
    public Parameters build(NDManager parent, Device device, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] values = new float[Math.toIntExact(count())];
      int from = 0;
      int n = 0;
      for (Shape shape : shapes.values()) {
        int to = from + Math.toIntExact(shape.size());
        starts.get(n++).fill(values, from, to, random);
        from = to;
      }
      return new Parameters(parent.newSubManager(device), new LinkedHashMap<>(shapes), values);
    }
  }

  /**
   * How many numbers are trained.
   *
   * @return P
   */
  public long count() {
    return flat.size();
  }

  /**
   * The device that holds them.
   *
   * @return CPU or GPU
   */
  public Device device() {
    return flat.getDevice();
  }

  /**
   * Fresh leaves of the gradient graph over the same memory, one a parameter: their gradients start
   * empty, so that no step has to clear the last one's, and each is handed to the optimizer where
   * it was computed. They end with the scope that is open.
   *
   * @return the parameters by name, requiring gradients
   */
  public Weights leaves() {
    Weights leaves = frozen();
    leaves.all().values().forEach(leaf -> leaf.setRequiresGradient(true));
    return leaves;
  }

  /**
   * The parameters by name, without a gradient.
   *
   * @return the views
   */
  public Weights frozen() {
    Map<String, NDArray> byName = new LinkedHashMap<>();
    views.forEach((name, view) -> byName.put(name, view.stopGradient()));
    return new Weights(byName);
  }

  /** How many numbers each parameter has, in order. */
  List<Long> sizes() {
    return shapes.values().stream().map(Shape::size).toList();
  }

  /** All numbers, (P). */
  NDArray flat() {
    return flat;
  }

  /**
   * Copies all numbers out.
   *
   * @return (P)
   */
  public float[] values() {
    return flat.toFloatArray();
  }

  /**
   * Replaces all numbers.
   *
   * @param values (P)
   */
  public void set(float[] values) {
    copy(values, values.length, flat);
  }

  /**
   * Copies numbers into an array's own memory. {@code NDArray.set(Buffer)} would give the array new
   * memory, and views of it would go on showing the old.
   *
   * @param values the first of them are copied
   * @param count how many
   * @param into an array of that many numbers, contiguous
   */
  static void copy(float[] values, int count, NDArray into) {
    if (into.getDevice().isGpu()) {
      try (NDArray array =
          into.getManager().create(Arrays.copyOf(values, count), into.getShape())) {
        into.set(new NDIndex("..."), array);
      }
    } else {
      into.toByteBuffer(true).asFloatBuffer().put(values, 0, count);
    }
  }

  /**
   * Saves names, shapes and numbers as safetensors.
   *
   * @param file where to, whole or not at all
   */
  public void save(Path file) {
    NDList list = new NDList();
    views.forEach(
        (name, view) -> {
          view.setName(name);
          list.add(view);
        });
    AtomicFiles.write(file, out -> list.encode(out, NDList.Encoding.SAFETENSORS));
  }

  /**
   * Loads numbers saved by {@link #save}.
   *
   * @param file a safetensors file with these names and shapes
   * @throws InputException when it cannot be read, or a parameter is missing or of another shape
   */
  public void load(Path file) {
    try (NDManager scratch = manager.newSubManager()) {
      NDList list;
      try {
        list = NDList.decode(scratch, new ByteArrayInputStream(Files.readAllBytes(file)));
      } catch (IOException | RuntimeException e) {
        throw new InputException(
            file + ": not a whole safetensors file; train again or copy it anew", e);
      }
      float[] values = new float[Math.toIntExact(count())];
      int from = 0;
      for (Map.Entry<String, Shape> parameter : shapes.entrySet()) {
        NDArray found = list.get(parameter.getKey());
        if (found == null || !found.getShape().equals(parameter.getValue())) {
          throw new InputException(
              file
                  + ": parameter "
                  + parameter.getKey()
                  + (found == null ? " is missing" : " has shape " + found.getShape())
                  + ", expected "
                  + parameter.getValue()
                  + "; was it saved with other settings or data?");
        }
        if (found.getDataType() != DataType.FLOAT32) {
          throw new InputException(
              file
                  + ": parameter "
                  + parameter.getKey()
                  + " holds "
                  + found.getDataType()
                  + " numbers, expected float32; save it with the kit, or convert it");
        }
        float[] part = found.toFloatArray();
        System.arraycopy(part, 0, values, from, part.length);
        from += part.length;
      }
      set(values);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
