package dev.porchlight.store.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copy of a database that is kept before its schema changes. */
final class DatabaseCopy {
  private static final Logger log = LoggerFactory.getLogger(DatabaseCopy.class);
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'")
      .withZone(ZoneOffset.UTC);

  private final Path file;
  private final Path folder;
  private final Clock clock;

  DatabaseCopy(Path file, Path folder, Clock clock) {
    this.file = file;
    this.folder = folder;
    this.clock = clock;
  }

  /** Makes a consistent copy, on disk and whole before it gets its name; returns where it is. */
  Path make(int version) throws SQLException, IOException {
    Files.createDirectories(folder);
    var copy = folder.resolve("porchlight-v" + version + "-" + STAMP.format(clock.instant()) + ".db");
    var part = folder.resolve("porchlight.db.part");
    try {
      // Left over when the process died in the middle of a copy.
      Files.deleteIfExists(part);
      try (var connection = Sources.plain(file).getConnection();
          var vacuum = connection.prepareStatement("VACUUM INTO ?")) {
        vacuum.setString(1, part.toString());
        vacuum.execute();
      }
      try (var written = FileChannel.open(part, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    log.info("Copied the database of schema version {} to {} before changing it", version, copy);
    return copy;
  }
}
