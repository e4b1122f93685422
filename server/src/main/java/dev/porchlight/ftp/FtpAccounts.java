package dev.porchlight.ftp;

import dev.porchlight.domain.CameraId;
import dev.porchlight.domain.FtpAccount;
import dev.porchlight.domain.WireTime;
import dev.porchlight.store.FtpAccountStore;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The FTP accounts of the cameras: one each, whose name is the camera's id. The password is made here, told once and
 * stored as a hash. Thread-safe; methods block, and throw what the store throws.
 */
public final class FtpAccounts {
  private static final Logger log = LoggerFactory.getLogger(FtpAccounts.class);
  private static final String MAC = "HmacSHA256";

  private final FtpAccountStore store;
  private final Clock clock;
  private final Passwords passwords;
  private final Consumer<String> changed;
  /** One hash at a time, so that a flood of logins takes one core and not all. */
  private final Semaphore hashing = new Semaphore(1);
  private final SecretKeySpec key;
  /**
   * For each account a proof of the password that was right: cameras log in for each picture, and one hash a picture would
   * be most of what a picture costs. It holds for this process and this hash only.
   */
  private final Map<String, byte[]> proven = new ConcurrentHashMap<>();

  /**
   * The accounts in a store.
   *
   * @param random  must not be predictable
   * @param changed hears of each camera whose password is no longer right
   */
  public FtpAccounts(FtpAccountStore store, Clock clock, RandomGenerator random, Consumer<String> changed) {
    this.store = store;
    this.clock = clock;
    this.passwords = new Passwords(random);
    this.changed = changed;
    var bytes = new byte[32];
    random.nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, MAC);
  }

  /**
   * Makes the account of a known camera, or gives it another password.
   *
   * @return the password, which cannot be had again
   */
  public String create(String cameraId) {
    String password = passwords.next();
    store.put(new FtpAccount(cameraId, Passwords.hash(password), WireTime.truncate(clock.instant())));
    log.info("camera {}: has a new FTP password", cameraId);
    forget(cameraId);
    return password;
  }

  /** The account of a camera, if it has one. */
  public Optional<FtpAccount> find(String cameraId) {
    return store.find(cameraId);
  }

  /** Removes the account of a camera; false when there was none. */
  public boolean remove(String cameraId) {
    boolean was = store.remove(cameraId);
    if (was) {
      log.info("camera {}: has no FTP account any more", cameraId);
    }
    forget(cameraId);
    return was;
  }

  /** Whether a camera's password is right; waits for its turn where that costs a hash. */
  boolean isRight(String cameraId, String password) throws InterruptedException {
    Optional<FtpAccount> account = CameraId.isValid(cameraId) ? store.find(cameraId) : Optional.empty();
    if (account.isEmpty()) {
      return false;
    }
    byte[] proof = proof(account.get().passwordHash(), password);
    byte[] known = proven.get(cameraId);
    if (known != null && MessageDigest.isEqual(known, proof)) {
      return true;
    }
    hashing.acquire();
    try {
      boolean isRight = Passwords.isRight(password, account.get().passwordHash());
      if (isRight) {
        proven.put(cameraId, proof);
      }
      return isRight;
    } finally {
      hashing.release();
    }
  }

  private void forget(String cameraId) {
    proven.remove(cameraId);
    changed.accept(cameraId);
  }

  private byte[] proof(String hash, String password) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(hash.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }
}
