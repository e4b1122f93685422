package dev.porchlight.domain;

/**
 * Where a camera's stream is pulled from: an address with whatever the camera wants to know before it shows anything. As
 * text it never shows a password; only {@link #secret} does. Local files are no source: a camera's folder is their door,
 * and whoever may name a path here could read every file of the server.
 */
public sealed interface CameraSource {
  /**
   * Reads an address as people write it.
   *
   * @throws IllegalArgumentException with what is wrong in one line that goes on after the field's name, and never
   *                                  shows the address itself, which may hold a password
   */
  static CameraSource parse(String text) {
    SourceAddress address = SourceAddress.parse(text);
    return switch (address.scheme()) {
      case "rtsp", "rtsps" -> new Rtsp(address);
      case "rtmp", "rtmps" -> new Rtmp(address);
      default -> new Http(address);
    };
  }

  /** The address in its parts. */
  SourceAddress address();

  /** The whole address, with its password: for who connects to the camera, and for nobody's eyes. */
  default String secret() {
    return address().secret();
  }

  /** The address for people: {@code rtsp://***@host/path}. */
  default String display() {
    return address().display();
  }

  /** {@code rtsp://} and {@code rtsps://}. */
  record Rtsp(SourceAddress address) implements CameraSource {
    @Override
    public String toString() {
      return display();
    }
  }

  /** {@code rtmp://} and {@code rtmps://}. */
  record Rtmp(SourceAddress address) implements CameraSource {
    @Override
    public String toString() {
      return display();
    }
  }

  /** {@code http://} and {@code https://}: MJPEG, HLS, or whatever comes. */
  record Http(SourceAddress address) implements CameraSource {
    @Override
    public String toString() {
      return display();
    }
  }
}
