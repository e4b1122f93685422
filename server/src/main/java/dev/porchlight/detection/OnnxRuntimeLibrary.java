package dev.porchlight.detection;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks ONNX Runtime's native library once, to a folder that stays. Left alone, it unpacks 22 MB into the temporary
 * folder at every start, which stay there when the process is killed.
 */
public final class OnnxRuntimeLibrary {
  private static final String PATH_PROPERTY = "onnxruntime.native.path";
  /** In the jars for graphics processors; the library looks for them beside itself. */
  private static final List<String> PROVIDERS = List.of("onnxruntime_providers_shared", "onnxruntime_providers_cuda",
      "onnxruntime_providers_tensorrt");

  private OnnxRuntimeLibrary() {}

  /**
   * Makes sure that the library lies in a folder below {@code folder}, and has ONNX Runtime take it from there. To be called
   * before anything else of ONNX Runtime; does nothing when the operator names a folder of his own by the system property
   * {@code onnxruntime.native.path}, or on a platform for which the jar has no library.
   *
   * @throws IOException when it cannot be written
   */
  public static void prepare(Path folder) throws IOException {
    if (System.getProperty(PATH_PROPERTY) != null) {
      return;
    }
    Path unpacked = unpack(folder);
    if (unpacked != null) {
      System.setProperty(PATH_PROPERTY, unpacked.toAbsolutePath().toString());
    }
  }

  /** The folder with the library, which is unpacked if it is not yet; null when the jar has none for this platform. */
  static @Nullable Path unpack(Path folder) throws IOException {
    URL runtime = resource("onnxruntime");
    URL bridge = resource("onnxruntime4j_jni");
    if (runtime == null || bridge == null) {
      return null;
    }
    Path target = folder
        .resolve("onnxruntime-" + platform() + "-" + NativeFile.checksum(runtime) + NativeFile.checksum(bridge));
    NativeFile.unpack(runtime, target.resolve(System.mapLibraryName("onnxruntime")));
    NativeFile.unpack(bridge, target.resolve(System.mapLibraryName("onnxruntime4j_jni")));
    for (String provider : PROVIDERS) {
      URL library = resource(provider);
      if (library != null) {
        NativeFile.unpack(library, target.resolve(System.mapLibraryName(provider)));
      }
    }
    return target;
  }

  /** As the folders in the jar are called. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String os = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
    return os + "-" + (arch.equals("aarch64") || arch.equals("arm64") ? "aarch64" : "x64");
  }

  private static @Nullable URL resource(String library) {
    return OrtEnvironment.class
        .getResource("/ai/onnxruntime/native/" + platform() + "/" + System.mapLibraryName(library));
  }
}
