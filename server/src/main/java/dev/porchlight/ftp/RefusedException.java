package dev.porchlight.ftp;

import java.io.IOException;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;

/** What a camera asks for is not done; the message is what it is told. Logged once, by {@link Complaints}. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final Reason reason;

  /**
   * A refusal.
   *
   * @param code of RFC 959: 4xx when it may work later, 5xx when not
   */
  RefusedException(int code, Reason reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  /** A refusal for a reason that only the log is told. */
  RefusedException(int code, Reason reason, String message, IOException cause) {
    super(message, cause);
    this.code = code;
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  /** What happened, for the log. */
  String detail() {
    return getCause() == null ? String.valueOf(getMessage()) : getMessage() + " (" + getCause() + ")";
  }

  /** What the camera is told. */
  FtpReply reply() {
    return new DefaultFtpReply(code, getMessage());
  }
}
