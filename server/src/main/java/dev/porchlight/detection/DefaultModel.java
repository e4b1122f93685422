package dev.porchlight.detection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The model that comes with the server. */
final class DefaultModel {
  private static final String NAME = "ssdlite-mobilenet-v2.onnx";

  private DefaultModel() {}

  static byte[] bytes() {
    try (InputStream in = DefaultModel.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException("the default model is missing from this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the default model", e);
    }
  }
}
