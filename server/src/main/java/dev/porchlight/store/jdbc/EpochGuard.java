package dev.porchlight.store.jdbc;

import dev.porchlight.store.StoreException;
import dev.porchlight.store.jdbc.EpochFile.Content;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognises a database that was put back, and begins a new epoch of the journal then: numbers that were given before are
 * going to be given again, for other messages. Each start makes a token, for the database and for the file {@code epoch}
 * beside it, which also holds the journal's head. Confined to one thread at a time.
 */
public final class EpochGuard {
  private static final Logger log = LoggerFactory.getLogger(EpochGuard.class);
  private static final int TOKEN_BYTES = 16;

  private final EpochFile file;
  private final SqliteDatabase database;
  private final String token;
  private final @Nullable String tokenInFile;
  private final @Nullable String reasonForNewEpoch;
  private volatile long noted;
  private volatile boolean failing;

  /** Looks, and changes nothing but that a journal is begun where there was none. */
  EpochGuard(DataFolder folder, SqliteDatabase database, boolean isNewEpochWanted, RandomGenerator random) {
    this.file = new EpochFile(folder.path());
    this.database = database;
    this.token = token(random);
    Content found = file.read();
    this.tokenInFile = found instanceof Content.Noted(String known, long _) ? known : null;
    var numbering = database.read("read the journal's numbering", Numbering::find)
        .orElseGet(() -> database.write("begin the journal", Numbering::begin));
    Optional<String> mismatch = database.read("read the journal's tokens", EpochTokens::find)
        .mismatch(found, numbering.head());
    this.reasonForNewEpoch = isNewEpochWanted ? "--new-epoch" : mismatch.orElse(null);
    this.noted = numbering.head();
  }

  /**
   * Goes on with the journal's epoch, or begins another when the database was put back. Before the journal is opened.
   *
   * @param isNewEpochWanted true when there is to be another epoch in any case
   * @throws StoreException when the database or the file cannot be written
   */
  public static EpochGuard open(DataFolder folder, SqliteDatabase database, boolean isNewEpochWanted,
      RandomGenerator random) {
    var guard = new EpochGuard(folder, database, isNewEpochWanted, random);
    if (guard.reasonForNewEpoch != null) {
      log.warn("store: new epoch of /ws/events: {} (clients that resume are told recovered:false)",
          guard.reasonForNewEpoch);
    }
    for (Step step : guard.steps()) {
      try {
        step.run();
      } catch (IOException e) {
        throw new StoreException("The file " + EpochFile.NAME + " in " + folder.path()
            + " cannot be written: let the user that runs Porchlight own it (" + e + ")", e);
      }
    }
    return guard;
  }

  /**
   * What a start does, in this order. A process that is killed between any two steps, several times in a row too, keeps the
   * epoch: the file then holds the token of the last start that came as far as {@link EpochFile#replace}, and that is the one
   * that the database keeps as the previous.
   */
  List<Step> steps() {
    var content = new Content.Noted(token, noted);
    var steps = new ArrayList<Step>(
        List.of(this::tellDatabase, () -> file.writePart(content), file::replace, file::sync));
    if (tokenInFile == null) {
      steps.add(this::confirm);
    }
    return steps;
  }

  /**
   * Notes the journal's head when it has changed; what cannot be written is logged, and tried again with the next note.
   *
   * @param head of what is committed and on disk: a note above what a power cut leaves would begin a new epoch for nothing
   */
  public void note(long head) {
    if (head == noted) {
      return;
    }
    try {
      file.write(new Content.Noted(token, head));
      noted = head;
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        log.warn(
            "store: the journal's head cannot be noted in the file {}, trying on: {} (a copy of the database of this"
                + " run would not be recognised)",
            EpochFile.NAME, e.toString());
      }
      failing = true;
    }
  }

  private void tellDatabase() {
    var _ = database.write("store the token of this start", handle -> {
      if (reasonForNewEpoch != null) {
        handle.execute("UPDATE journal_epoch SET epoch = lower(hex(randomblob(8)))");
      }
      return handle.createUpdate("UPDATE journal_epoch SET token = ?, previous_token = ?")
          .bind(0, token)
          .bind(1, tokenInFile)
          .execute();
    });
  }

  /** From here on a file that is missing has been lost: until now it had never been written. */
  private void confirm() {
    var _ = database.write("note that the token of this start is in its file",
        handle -> handle.execute("UPDATE journal_epoch SET previous_token = token"));
  }

  private static String token(RandomGenerator random) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** One step of a start. */
  interface Step {
    void run() throws IOException;
  }
}
