package explainrec.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import explainrec.data.InputException;
import explainrec.text.Safetensors;
import java.io.IOException;
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
 * <p>One array means one pass of the optimizer and one copy to keep the best epoch. The parameters
 * themselves are views of it, made anew for every step. All of them together may be larger than the
 * 2 GiB at which a Java buffer ends; a single one may not.
 */
public final class Parameters implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, Shape> shapes;
  private final NDArray flat; // (P)
  private final Numbers numbers; // of flat
  private final float[] rates; // one a parameter
  private final Map<String, NDArray> views =
      new LinkedHashMap<>(); // of flat, in each parameter's shape

  private Parameters(NDManager manager, Map<String, Shape> shapes, float[] rates) {
    this(
        manager,
        shapes,
        rates,
        manager.create(
            new Shape(shapes.values().stream().mapToLong(Shape::size).sum()), DataType.FLOAT32));
  }

  private Parameters(NDManager manager, Map<String, Shape> shapes, float[] rates, NDArray flat) {
    this.manager = manager;
    this.shapes = shapes;
    this.rates = rates;
    this.flat = flat;
    this.numbers = new TensorNumbers(flat);
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
    private static final long MOST = Integer.MAX_VALUE / Float.BYTES;

    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final List<Initial> starts = new ArrayList<>();
    private final Map<String, Double> rates = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a parameter.
     *
     * @param name unique, dotted, as it stands in the saved file
     * @param start how it starts
     * @param shape its shape; it and its gradient have to fit a Java buffer of 2 GiB
     * @return this
     */
    public Builder add(String name, Initial start, long... shape) {
      long size = new Shape(shape).size();
      if (size > MOST) {
        throw new IllegalArgumentException(
            "parameter " + name + " has " + size + " numbers, at most " + MOST + "; divide it");
      }
      if (shapes.put(name, new Shape(shape)) != null) {
        throw new IllegalArgumentException("parameter " + name + " stands twice");
      }
      starts.add(start);
      return this;
    }

    /**
     * Lets a parameter learn at another rate than the others.
     *
     * @param name of a parameter
     * @param factor of its learning rate, not negative; 0 freezes it
     * @return this
     */
    public Builder rate(String name, double factor) {
      if (!shapes.containsKey(name) || !(factor >= 0)) {
        throw new IllegalArgumentException("rate " + factor + " of parameter " + name);
      }
      rates.put(name, factor);
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
      float[] factors = new float[shapes.size()];
      int n = 0;
      for (String name : shapes.keySet()) {
        factors[n++] = rates.getOrDefault(name, 1.0).floatValue();
      }
      Parameters built =
          new Parameters(parent.newSubManager(device), new LinkedHashMap<>(shapes), factors);
      n = 0;
      for (Shape shape : shapes.values()) {
        float[] values = new float[Math.toIntExact(shape.size())];
        starts.get(n).fill(values, 0, values.length, random);
        TensorNumbers.copy(values, values.length, built.views().get(n++));
      }
      return built;
    }
  }

  /**
   * The first parameters alone, over the same memory: what is trained of them is trained of these.
   *
   * @param count how many parameters, from 1
   * @return to be closed before these are
   */
  public Parameters first(int count) {
    Map<String, Shape> some = new LinkedHashMap<>();
    shapes.entrySet().stream()
        .limit(count)
        .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
    long numbers = some.values().stream().mapToLong(Shape::size).sum();
    NDManager own = manager.newSubManager();
    NDArray part = flat.get(new NDIndex().addSliceDim(0, numbers));
    part.attach(own);
    return new Parameters(own, some, Arrays.copyOf(rates, count), part);
  }

  /**
   * How many numbers there are, frozen ones included.
   *
   * @return P
   */
  public long count() {
    return flat.size();
  }

  /**
   * How many numbers are trained.
   *
   * @return P without the frozen ones
   */
  public long trained() {
    long trained = 0;
    int n = 0;
    for (Shape shape : shapes.values()) {
      trained += rates[n++] > 0 ? shape.size() : 0;
    }
    return trained;
  }

  /** What each parameter's learning rate is multiplied by, in order; 0 where it is frozen. */
  float[] rates() {
    return rates.clone();
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
   * @return the parameters by name, requiring gradients where they are not frozen
   */
  public Weights leaves() {
    Weights leaves = frozen();
    int n = 0;
    for (NDArray leaf : leaves.all().values()) {
      if (rates[n++] > 0) {
        leaf.setRequiresGradient(true);
      }
    }
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

  /** Each parameter, in order and in its shape. */
  List<NDArray> views() {
    return List.copyOf(views.values());
  }

  /** All numbers in their order, to be read and written in parts. */
  Numbers numbers() {
    return numbers;
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
    float[] values = new float[Math.toIntExact(count())];
    float[] part = new float[Math.min(Numbers.PART, values.length)];
    for (int from = 0; from < values.length; from += part.length) {
      int many = Math.min(part.length, values.length - from);
      numbers.read(from, part, many);
      System.arraycopy(part, 0, values, from, many);
    }
    return values;
  }

  /**
   * Replaces all numbers.
   *
   * @param values (P)
   */
  public void set(float[] values) {
    float[] part = new float[Math.min(Numbers.PART, values.length)];
    for (int from = 0; from < values.length; from += part.length) {
      int many = Math.min(part.length, values.length - from);
      System.arraycopy(values, from, part, 0, many);
      numbers.write(from, part, many);
    }
  }

  /**
   * What the parameters are called.
   *
   * @return names, in order
   */
  public List<String> names() {
    return List.copyOf(shapes.keySet());
  }

  /**
   * Copies one parameter out.
   *
   * @param name of the parameter
   * @return its numbers, row by row
   */
  public float[] values(String name) {
    NDArray view = view(name);
    float[] values = new float[Math.toIntExact(view.size())];
    if (view.getDevice().isGpu()) {
      return view.toFloatArray();
    }
    view.toByteBuffer(true).asFloatBuffer().get(values);
    return values;
  }

  /**
   * Replaces one parameter.
   *
   * @param name of the parameter
   * @param values as many as it has
   */
  public void set(String name, float[] values) {
    NDArray view = view(name);
    if (view.size() != values.length) {
      throw new IllegalArgumentException(
          "parameter " + name + " has " + view.size() + " numbers, not " + values.length);
    }
    TensorNumbers.copy(values, values.length, view);
  }

  private NDArray view(String name) {
    NDArray view = views.get(name);
    if (view == null) {
      throw new IllegalArgumentException("no parameter " + name + " among " + views.keySet());
    }
    return view;
  }

  /**
   * Saves names, shapes and numbers as safetensors.
   *
   * @param file where to, whole or not at all
   */
  public void save(Path file) {
    Map<String, long[]> named = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> named.put(name, shape.getShape()));
    Safetensors.write(file, named, numbers::read);
  }

  /**
   * Loads numbers saved by {@link #save}.
   *
   * @param file a safetensors file with these names and shapes
   * @throws InputException when it cannot be read, or a parameter is missing or of another shape
   */
  public void load(Path file) {
    try (Safetensors tensors = Safetensors.open(file)) {
      shapes.forEach((name, shape) -> require(tensors, file, name, shape));
      long first = 0;
      for (Map.Entry<String, Shape> parameter : shapes.entrySet()) {
        long start = first;
        tensors.read(
            parameter.getKey(), (part, from, count) -> numbers.write(start + from, part, count));
        first += parameter.getValue().size();
      }
    } catch (IOException e) {
      throw new InputException(file + ": cannot be closed: " + e.getMessage(), e);
    }
  }

  private static void require(Safetensors tensors, Path file, String name, Shape shape) {
    String place = file + ": parameter " + name;
    if (!tensors.has(name) || !Arrays.equals(tensors.shape(name), shape.getShape())) {
      throw new InputException(
          place
              + (tensors.has(name) ? " has shape " + new Shape(tensors.shape(name)) : " is missing")
              + (", expected " + shape)
              + "; was it saved with other settings or data?");
    }
    if (!tensors.type(name).equals("F32")) {
      throw new InputException(
          place
              + (" holds " + tensors.type(name))
              + " numbers, expected float32 (F32); save it with the kit, or convert it");
    }
    tensors.requireWhole(name);
  }

  @Override
  public void close() {
    manager.close();
  }
}
