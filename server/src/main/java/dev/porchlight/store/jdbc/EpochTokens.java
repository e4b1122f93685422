package dev.porchlight.store.jdbc;

import dev.porchlight.store.jdbc.EpochFile.Content;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that the database knows.
 *
 * @param current  of the last start; null before the first start with tokens
 * @param previous that the file held when that start began; null while no start has written the file
 */
record EpochTokens(@Nullable String current, @Nullable String previous) {
  /** What the database says; the journal must have been begun. */
  static EpochTokens find(Handle handle) {
    return handle.createQuery("SELECT token, previous_token FROM journal_epoch")
        .map((row, _) -> new EpochTokens(row.getString("token"), row.getString("previous_token")))
        .one();
  }

  /** Why the database does not go on from where the file says that the journal was; empty when it does. */
  Optional<String> mismatch(Content file, long head) {
    return switch (file) {
      case Content.Missing() -> previous == null
          ? Optional.empty()
          : Optional.of("the file epoch beside the database is missing");
      case Content.Unreadable(String reason) -> Optional
          .of("the file epoch beside the database cannot be read: " + reason);
      case Content.Noted(String token, long noted) -> {
        if (!token.equals(current) && !token.equals(previous)) {
          yield Optional.of("the database is not of the last start");
        }
        yield head < noted
            ? Optional.of("the last message in the database is " + head + ", but " + noted + " was sent")
            : Optional.empty();
      }
    };
  }
}
