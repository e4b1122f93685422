package dev.porchlight.store;

import dev.porchlight.domain.FtpAccount;
import java.util.Optional;

/** The FTP accounts, at most one for each camera. Thread-safe; methods block and throw {@link StoreException}. */
public interface FtpAccountStore {
  /** Stores an account, in place of the camera's former one. The camera must be known. */
  void put(FtpAccount account);

  /** The account of a camera; empty for a deleted camera, and for one that was made anew since the account was. */
  Optional<FtpAccount> find(String cameraId);

  /** Removes the account of a camera; false when there was none. */
  boolean remove(String cameraId);
}
