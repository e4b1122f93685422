package dev.porchlight.ftp;

import dev.porchlight.domain.FtpAccount;
import dev.porchlight.store.FtpAccountStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts in memory. */
final class MemoryFtpAccounts implements FtpAccountStore {
  private final Map<String, FtpAccount> accounts = new ConcurrentHashMap<>();

  @Override
  public void put(FtpAccount account) {
    accounts.put(account.cameraId(), account);
  }

  @Override
  public Optional<FtpAccount> find(String cameraId) {
    return Optional.ofNullable(accounts.get(cameraId));
  }

  @Override
  public boolean remove(String cameraId) {
    return accounts.remove(cameraId) != null;
  }
}
