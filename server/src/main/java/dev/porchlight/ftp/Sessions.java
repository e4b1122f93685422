package dev.porchlight.ftp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.Ftplet;
import org.apache.ftpserver.ftplet.FtpletContext;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/** Which control connections there are, and whose: so many in all, so many of strangers, so many of a camera. Thread-safe. */
final class Sessions implements Ftplet {
  /** Who has not said who they are takes no more than this of the places, and not for long. */
  private static final int STRANGERS_OF_ADDRESS = 8;
  private static final int STRANGER_IDLE_SECONDS = 30;
  /** Some firmware opens a session for each picture and forgets to close it. */
  private static final int OF_CAMERA = 8;

  private final int most;
  private final Complaints complaints;
  private final MeterRegistry meters;
  private final Consumer<String> seen;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private final Map<UUID, Open> open = new HashMap<>();

  /**
   * Counts sessions.
   *
   * @param seen hears of each camera that has logged in; must not block
   */
  Sessions(int most, Complaints complaints, MeterRegistry meters, Consumer<String> seen) {
    this.most = most;
    this.complaints = complaints;
    this.meters = meters;
    this.seen = seen;
    meters.gauge("porchlight.ftp.sessions", this, Sessions::count);
  }

  int count() {
    synchronized (lock) {
      return open.size();
    }
  }

  static String addressOf(FtpIoSession session) {
    return hostOf(session.getRemoteAddress() instanceof InetSocketAddress address ? address : null);
  }

  /** Notes that a session is its camera's; false when the camera has too many. */
  boolean loggedIn(FtpIoSession session) {
    String cameraId = session.getUser().getName();
    boolean isOneTooMany;
    synchronized (lock) {
      isOneTooMany = open.values().stream().filter(other -> cameraId.equals(other.cameraId)).count() >= OF_CAMERA;
      if (!isOneTooMany) {
        open.put(session.getSessionId(), new Open(addressOf(session), cameraId, session));
      }
    }
    if (isOneTooMany) {
      complaints.tell(cameraId, Reason.TOO_MANY_SESSIONS, "it has " + OF_CAMERA + " sessions, and opens more");
      return false;
    }
    meters.counter("porchlight.ftp.logins").increment();
    seen.accept(cameraId);
    return true;
  }

  /** Ends the sessions of a camera. */
  void end(String cameraId) {
    loggedIn(cameraId::equals).forEach(FtpIoSession::closeNow);
  }

  /** Ends the sessions of all cameras, and waits a little for their uploads to have let go of what they hold. */
  void endAll(Duration deadline) {
    List<FtpIoSession> ending = loggedIn(_ -> true);
    var transfers = new ArrayList<Transfer>();
    for (FtpIoSession session : ending) {
      Transfer transfer = Transfer.of(session);
      if (transfer != null) {
        transfers.add(transfer);
        // On a thread of its own: where a camera has not yet opened its data connection, the library waits for it.
        Thread.ofVirtual().name("ftp-abort").start(transfer::abort);
      }
      session.closeNow();
    }
    long end = System.nanoTime() + deadline.toNanos();
    try {
      for (Transfer transfer : transfers) {
        transfer.await(Duration.ofNanos(end - System.nanoTime()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public FtpletResult onConnect(FtpSession session) throws FtpException {
    String address = hostOf(session.getClientAddress());
    boolean isFull;
    synchronized (lock) {
      long strangers = open.values()
          .stream()
          .filter(other -> other.cameraId == null && other.address.equals(address))
          .count();
      isFull = open.size() >= most || strangers >= STRANGERS_OF_ADDRESS;
      if (!isFull) {
        open.put(session.getSessionId(), new Open(address, null, null));
      }
    }
    if (isFull) {
      complaints.tell(address, Reason.TOO_MANY_SESSIONS, "more sessions than ftp.max-sessions allows, or more than "
          + STRANGERS_OF_ADDRESS + " from one address that have not logged in");
      session.write(new DefaultFtpReply(421, "Too many sessions; come again later."));
      return FtpletResult.DISCONNECT;
    }
    session.setMaxIdleTime(STRANGER_IDLE_SECONDS);
    return FtpletResult.DEFAULT;
  }

  @Override
  public FtpletResult onDisconnect(FtpSession session) {
    synchronized (lock) {
      open.remove(session.getSessionId());
    }
    return FtpletResult.DEFAULT;
  }

  @Override
  public void init(FtpletContext context) {}

  @Override
  public void destroy() {}

  @Override
  public FtpletResult beforeCommand(FtpSession session, FtpRequest request) {
    return FtpletResult.DEFAULT;
  }

  @Override
  public FtpletResult afterCommand(FtpSession session, FtpRequest request, @Nullable FtpReply reply) {
    return FtpletResult.DEFAULT;
  }

  private List<FtpIoSession> loggedIn(Predicate<String> cameras) {
    var sessions = new ArrayList<FtpIoSession>();
    synchronized (lock) {
      for (Open other : open.values()) {
        if (other.session != null && other.cameraId != null && cameras.test(other.cameraId)) {
          sessions.add(other.session);
        }
      }
    }
    return sessions;
  }

  private static String hostOf(@Nullable InetSocketAddress address) {
    return address == null ? "an unknown address" : address.getAddress().getHostAddress();
  }

  private record Open(String address, @Nullable String cameraId, @Nullable FtpIoSession session) {}
}
