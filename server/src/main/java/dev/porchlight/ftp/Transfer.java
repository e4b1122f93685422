package dev.porchlight.ftp;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.core.session.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * One upload under way, on a thread of its own: the session's commands go on being read meanwhile, so that it can be
 * aborted, and so that a control connection that ends is noticed. Thread-safe.
 */
final class Transfer {
  private static final AttributeKey KEY = new AttributeKey(Transfer.class, "transfer");

  private final FtpIoSession session;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean aborted;

  private Transfer(FtpIoSession session) {
    this.session = session;
  }

  /** The session's transfer, or null. */
  static @Nullable Transfer of(FtpIoSession session) {
    return (Transfer) session.getAttribute(KEY);
  }

  /** Starts one; what {@code work} returns is the answer to the camera. */
  static Transfer start(FtpIoSession session, String cameraId, Work work) {
    var transfer = new Transfer(session);
    session.setAttribute(KEY, transfer);
    Thread.ofVirtual().name("ftp-" + cameraId).start(() -> transfer.run(work));
    return transfer;
  }

  private void run(Work work) {
    try {
      FtpReply reply = work.answer(this);
      session.getDataConnection().closeDataConnection();
      session.write(reply);
    } finally {
      session.removeAttribute(KEY, this);
      ended.countDown();
    }
  }

  /** Breaks it off; it still answers. */
  void abort() {
    aborted = true;
    session.getDataConnection().closeDataConnection();
  }

  /** True when it must not count, however complete it looks: the end of a data connection says nothing about why. */
  boolean isVoid() {
    return aborted || session.isClosing() || !session.isConnected();
  }

  /** Waits for its end, but not longer than this. */
  void await(Duration longest) throws InterruptedException {
    var _ = ended.await(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
  }

  void await() throws InterruptedException {
    ended.await();
  }

  /** Receives, and says how it went. */
  @FunctionalInterface
  interface Work {
    FtpReply answer(Transfer transfer);
  }
}
