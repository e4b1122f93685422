package dev.porchlight.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A {@code multipart/form-data} body in the making, good or bad. */
public final class Form {
  static final String BOUNDARY = "----camera-7f3a";
  public static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** A part that is a file. */
  public Form file(String name, String filename, String type, byte[] content) {
    return part("Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + filename + "\"\r\n"
        + "Content-Type: " + type + "\r\n", content);
  }

  /** A part that is no file. */
  Form field(String name, String value) {
    return part("Content-Disposition: form-data; name=\"" + name + "\"\r\n", value.getBytes(StandardCharsets.UTF_8));
  }

  /** A part with these header lines. */
  Form part(String headers, byte[] content) {
    body.writeBytes(("--" + BOUNDARY + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes(new byte[]{'\r', '\n'});
    return this;
  }

  /** The body with its end. */
  public byte[] whole() {
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }
}
