package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.store.NamingEncoder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/** A data folder with its database open, and one camera. */
final class TestStore implements AutoCloseable {
  static final String CAMERA = "cam-123";
  static final Instant NOON = Instant.parse("2025-12-23T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  static final DetectedObject PERSON = new DetectedObject("person", 0.95, new Box(100, 150, 200, 400));

  final DataFolder folder;
  final SqliteDatabase database;
  final JdbcJournal journal;
  final JdbcFrameLedger frames;
  final JdbcBatchStore batches;

  private TestStore(DataFolder folder, Schema schema) {
    this.folder = folder;
    this.database = SqliteDatabase.open(folder, CLOCK, schema);
    this.journal = new JdbcJournal(database, new NamingEncoder());
    this.frames = new JdbcFrameLedger(database, journal, (_, _) -> {});
    this.batches = new JdbcBatchStore(database);
    new JdbcCameraStore(database).ensure(CAMERA, NOON);
  }

  static TestStore open(Path data) {
    return open(data, Schema.CURRENT);
  }

  static TestStore open(Path data, Schema schema) {
    var folder = DataFolder.open(data);
    try {
      return new TestStore(folder, schema);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** Takes a picture of its own for each number. */
  Frame take(int number) {
    return take(number, Path.of("/pictures/" + number + ".jpg"));
  }

  Frame take(int number, FrameSource source) {
    return take(number, source, Path.of("/pictures/" + number + ".jpg"));
  }

  Frame take(int number, Path path) {
    return take(number, FrameSource.FOLDER, path);
  }

  private Frame take(int number, FrameSource source, Path path) {
    var at = NOON.plusSeconds(number);
    return Objects.requireNonNull(frames.take(
        new Arrival(CAMERA, source, path, 1_000, at, "%064x".formatted(number), at, at)));
  }

  /** Runs one statement on the writing connection. */
  void execute(String sql) {
    var _ = database.write("test", handle -> handle.execute(sql));
  }

  List<String> texts(String sql) {
    return database.read("test", handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  long count(String sql) {
    return database.read("test", handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
