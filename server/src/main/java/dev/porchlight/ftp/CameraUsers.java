package dev.porchlight.ftp;

import dev.porchlight.store.StoreException;
import java.net.InetAddress;
import java.time.Duration;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.jspecify.annotations.Nullable;

/** Lets cameras in by name and password. A wrong one is answered late, and after some not at all. Thread-safe. */
final class CameraUsers implements UserManager {
  /** Whether there is such a camera, whether its password was hashed: the answer to any mistake takes as long. */
  private static final Duration DELAY = Duration.ofSeconds(1);

  private final FtpAccounts accounts;
  private final Lockout lockout;
  private final Complaints complaints;
  private final Duration idle;

  CameraUsers(FtpAccounts accounts, Lockout lockout, Complaints complaints, Duration idle) {
    this.accounts = accounts;
    this.lockout = lockout;
    this.complaints = complaints;
    this.idle = idle;
  }

  @Override
  public User authenticate(Authentication authentication) throws AuthenticationFailedException {
    long start = System.nanoTime();
    try {
      if (authentication instanceof UsernamePasswordAuthentication given && isRight(given)) {
        return new CameraUser(given.getUsername(), Math.toIntExact(idle.toSeconds()));
      }
      long left = DELAY.toNanos() - (System.nanoTime() - start);
      if (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new AuthenticationFailedException("wrong");
  }

  private boolean isRight(UsernamePasswordAuthentication given) throws InterruptedException {
    String address = addressOf(given);
    String name = given.getUsername();
    String password = given.getPassword();
    if (lockout.isLocked(address, name)) {
      complaints.tell(name, Reason.LOGIN,
          "a login from " + address + " is refused unseen, after too many with a wrong password");
      return false;
    }
    try {
      if (password != null && accounts.isRight(name, password)) {
        lockout.succeeded(address, name);
        return true;
      }
    } catch (StoreException e) {
      complaints.tell(name, Reason.LOGIN, "nobody can log in until the store works again: " + e.getMessage());
      return false;
    }
    lockout.failed(address, name);
    complaints.tell(name, Reason.LOGIN, "a login from " + address + " with a name or password that is wrong");
    return false;
  }

  /** An IPv6 customer has a whole network of addresses, so that one of them means nothing. */
  private static String addressOf(UsernamePasswordAuthentication given) {
    InetAddress address = given.getUserMetadata() == null ? null : given.getUserMetadata().getInetAddress();
    if (address == null) {
      return "an unknown address";
    }
    String text = address.getHostAddress();
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && !address.isLoopbackAddress() && !address.isLinkLocalAddress()
        ? String.format("%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", bytes[0], bytes[1], bytes[2], bytes[3], bytes[4],
            bytes[5], bytes[6], bytes[7])
        : text;
  }

  /** Asked for before the password is known: nobody is told anything by then. */
  @Override
  public @Nullable User getUserByName(String name) {
    return null;
  }

  @Override
  public String[] getAllUserNames() {
    return new String[0];
  }

  @Override
  public void delete(String name) {
    throw new UnsupportedOperationException("accounts are not changed by FTP");
  }

  @Override
  public void save(User user) {
    throw new UnsupportedOperationException("accounts are not changed by FTP");
  }

  @Override
  public boolean doesExist(String name) {
    return false;
  }

  @Override
  public String getAdminName() {
    // No camera id has a blank.
    return "no admin";
  }

  @Override
  public boolean isAdmin(String name) {
    return false;
  }
}
