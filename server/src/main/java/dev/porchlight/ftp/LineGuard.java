package dev.porchlight.ftp;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ipfilter.SessionFilter;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.ProtocolDecoderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what a control connection may cost. A line has 1,024 characters at most, which the library sees to; here: who
 * sends lines faster than they are answered is not read from until they are, and who sends what is no line is told so and
 * let go. Thread-safe.
 */
final class LineGuard implements SessionFilter {
  private static final Logger log = LoggerFactory.getLogger(LineGuard.class);
  private static final int MOST_READ_AT_ONCE = 2048;
  /** Pieces that were read and wait for their turn. */
  private static final int MOST_WAITING = 8;

  private final Complaints complaints;

  LineGuard(Complaints complaints) {
    this.complaints = complaints;
  }

  /** Every connection passes; it is only where its filters can be put in. */
  @Override
  public boolean accept(IoSession session) {
    session.getConfig().setMaxReadBufferSize(MOST_READ_AT_ONCE);
    var waiting = new AtomicInteger();
    session.getFilterChain().addBefore("threadPool", "porchlight-in", new IoFilterAdapter() {
      @Override
      public void messageReceived(NextFilter next, IoSession session, Object message) {
        if (waiting.incrementAndGet() >= MOST_WAITING) {
          session.suspendRead();
          // The last of them may have been answered between the two.
          resumeIfFew(session, waiting.get());
        }
        next.messageReceived(session, message);
      }
    });
    session.getFilterChain().addAfter("threadPool", "porchlight-out", new IoFilterAdapter() {
      @Override
      public void messageReceived(NextFilter next, IoSession session, Object message) {
        try {
          next.messageReceived(session, message);
        } finally {
          resumeIfFew(session, waiting.decrementAndGet());
        }
      }
    });
    session.getFilterChain().addAfter("codec", "porchlight-errors", new IoFilterAdapter() {
      @Override
      public void exceptionCaught(NextFilter next, IoSession session, Throwable cause) {
        failed(session, cause);
      }
    });
    return true;
  }

  private static void resumeIfFew(IoSession session, int waiting) {
    if (waiting < MOST_WAITING / 2) {
      session.resumeRead();
    }
  }

  private void failed(IoSession session, Throwable cause) {
    if (cause instanceof ProtocolDecoderException) {
      boolean isNoText = cause.getCause() instanceof MalformedInputException;
      complaints.tell(String.valueOf(session.getRemoteAddress()), Reason.NOT_FTP,
          isNoText ? "it sends what is no UTF-8" : "it sends a line of more than 1,024 characters");
      session.write(new DefaultFtpReply(501, isNoText ? "This is no UTF-8." : "The line is too long."));
      session.closeOnFlush();
    } else if (cause instanceof IOException) {
      // A client that is gone, or that broke off a TLS handshake.
      log.debug("{}: {}", session.getRemoteAddress(), cause.toString());
      session.closeNow();
    } else {
      log.error("{}: an FTP command failed", session.getRemoteAddress(), cause);
      session.closeNow();
    }
  }
}
