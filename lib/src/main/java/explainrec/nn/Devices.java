package explainrec.nn;

import ai.djl.Device;
import ai.djl.engine.Engine;
import explainrec.data.InputException;

/** Where tensors live: a GPU when there is one, unless told otherwise. */
public final class Devices {
  private Devices() {}

  /**
   * Chooses the device.
   *
   * @param wish {@code auto}, {@code cpu} or {@code gpu}
   * @return the device
   * @throws InputException when a GPU is wished for and none can be used, or the word is unknown
   */
  public static Device choose(String wish) {
    return switch (wish) {
      case "cpu" -> Device.cpu();
      case "auto" -> Engine.getInstance().getGpuCount() > 0 ? Device.gpu() : Device.cpu();
      case "gpu" -> {
        if (Engine.getInstance().getGpuCount() == 0) {
          throw new InputException(
              "device gpu: no GPU that this PyTorch can use; run ./kit doctor --gpu, or use --device"
                  + " cpu");
        }
        yield Device.gpu();
      }
      default -> throw InputException.setting("device", wish, "auto | cpu | gpu");
    };
  }

  /**
   * Names a device for results.
   *
   * @param device the device
   * @return for instance {@code cpu (2 threads)} or {@code gpu(0)}
   */
  public static String describe(Device device) {
    if (device.isGpu()) {
      return "gpu(" + device.getDeviceId() + ")";
    }
    Integer threads = Integer.getInteger("ai.djl.pytorch.num_threads");
    int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return "cpu (" + cores + (cores == 1 ? " thread)" : " threads)");
  }
}
