package dev.porchlight.detection;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a model can run on: the execution providers that ONNX Runtime's Java interface offers. */
enum Device {
  CPU(OrtProvider.CPU, _ -> {}),
  CUDA(OrtProvider.CUDA, options -> options.addCUDA(0)),
  TENSORRT(OrtProvider.TENSOR_RT, options -> options.addTensorrt(0)),
  ROCM(OrtProvider.ROCM, options -> options.addROCM(0)),
  DIRECTML(OrtProvider.DIRECT_ML, options -> options.addDirectML(0)),
  COREML(OrtProvider.CORE_ML, options -> options.addCoreML()),
  OPENVINO(OrtProvider.OPEN_VINO, options -> options.addOpenVINO("")),
  ONEDNN(OrtProvider.DNNL, options -> options.addDnnl(true)),
  XNNPACK(OrtProvider.XNNPACK, options -> options.addXnnpack(Map.of())),
  QNN(OrtProvider.QNN, options -> options.addQnn(Map.of())),
  WEBGPU(OrtProvider.WEBGPU, options -> options.addWebGPU(Map.of()));

  /** The name of none: the best of this machine. */
  static final String AUTO = "auto";
  /** Those that a build carries only for the sake of using them; CoreML comes with every build for macOS, and is not asked. */
  private static final List<Device> PREFERRED = List.of(CUDA, ROCM, DIRECTML);

  private final OrtProvider provider;
  private final Registration registration;

  Device(OrtProvider provider, Registration registration) {
    this.provider = provider;
    this.registration = registration;
  }

  /** The device of this name, in lower case; null when there is none. */
  static @Nullable Device named(String key) {
    return Arrays.stream(values()).filter(device -> device.key().equals(key)).findFirst().orElse(null);
  }

  /** All names, for people. */
  static String names() {
    return AUTO + ", " + Arrays.stream(values()).map(Device::key).collect(Collectors.joining(", "));
  }

  /** The one to try when nobody chose: what this build of ONNX Runtime was made for. */
  static Device best(Set<OrtProvider> built) {
    return PREFERRED.stream().filter(device -> device.isIn(built)).findFirst().orElse(CPU);
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isIn(Set<OrtProvider> built) {
    return built.contains(provider);
  }

  /** Has sessions run on it. */
  void register(SessionOptions options) throws OrtException {
    registration.add(options);
  }

  @Immutable
  private interface Registration {
    void add(SessionOptions options) throws OrtException;
  }
}
