package dev.porchlight.ftp;

import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DefaultFtpReply;

/** What is wrapped around the library's way to log in. Thread-safe. */
final class Login {
  private final Sessions sessions;
  private final Complaints complaints;
  private final boolean requireTls;

  Login(Sessions sessions, Complaints complaints, boolean requireTls) {
    this.sessions = sessions;
    this.complaints = complaints;
    this.requireTls = requireTls;
  }

  /** A command that is not for a connection in the clear when TLS is required. */
  Command guarding(Command command) {
    return (session, context, request) -> {
      if (requireTls && !session.isSecure()) {
        complaints.tell(Sessions.addressOf(session), Reason.NO_TLS,
            "a login without TLS, which ftp.require-tls demands: turn on FTPS (explicit) in the camera");
        session.write(new DefaultFtpReply(530, "Passwords are not for the open network: AUTH TLS first."));
      } else {
        command.execute(session, context, request);
      }
    };
  }

  /** The command that ends a login: then the session is its camera's. */
  Command noting(Command command) {
    return (session, context, request) -> {
      boolean was = session.isLoggedIn();
      command.execute(session, context, request);
      if (!was && session.isLoggedIn() && !sessions.loggedIn(session)) {
        session.write(new DefaultFtpReply(421, "This camera has too many sessions: it does not close them."));
        session.closeOnFlush();
      }
    };
  }
}
