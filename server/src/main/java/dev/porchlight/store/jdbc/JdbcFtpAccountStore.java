package dev.porchlight.store.jdbc;

import dev.porchlight.domain.FtpAccount;
import dev.porchlight.store.FtpAccountStore;
import java.util.Optional;

/**
 * The FTP accounts in SQLite. The row of a deleted camera stays, and so does its account: it is none from then on, and does
 * not become one again when the camera is made anew. Thread-safe.
 */
public final class JdbcFtpAccountStore implements FtpAccountStore {
  private final SqliteDatabase database;

  public JdbcFtpAccountStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public void put(FtpAccount account) {
    var _ = database.write("store the FTP account of camera " + account.cameraId(), handle -> handle
        .createUpdate("INSERT INTO ftp_accounts (camera_id, password_hash, created_at) VALUES (?, ?, ?)"
            + " ON CONFLICT (camera_id) DO UPDATE SET password_hash = excluded.password_hash,"
            + " created_at = excluded.created_at")
        .bind(0, account.cameraId())
        .bind(1, account.passwordHash())
        .bind(2, SqlTime.text(account.createdAt()))
        .execute());
  }

  @Override
  public Optional<FtpAccount> find(String cameraId) {
    return database.read("find the FTP account of camera " + cameraId, handle -> handle
        .createQuery("SELECT a.camera_id, a.password_hash, a.created_at FROM ftp_accounts a"
            + " JOIN cameras c ON c.id = a.camera_id WHERE a.camera_id = ? AND c.deleted_at IS NULL"
            + " AND a.created_at >= c.created_at")
        .bind(0, cameraId)
        .map((row, _) -> new FtpAccount(row.getString("camera_id"), row.getString("password_hash"),
            SqlTime.parse(row.getString("created_at"))))
        .findOne());
  }

  @Override
  public boolean remove(String cameraId) {
    return database.write("remove the FTP account of camera " + cameraId, handle -> handle
        .createUpdate("DELETE FROM ftp_accounts WHERE camera_id = ?")
        .bind(0, cameraId)
        .execute() == 1);
  }
}
