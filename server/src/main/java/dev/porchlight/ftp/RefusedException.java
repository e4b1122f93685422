package dev.porchlight.ftp;

import java.io.IOException;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;

/** What a camera asks for is not done; the message is what it is told. */
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

  Reason reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  FtpReply reply() {
    return new DefaultFtpReply(code, detail());
  }
}
