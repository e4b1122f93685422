package dev.porchlight.ftp;

import dev.porchlight.picture.NotAPictureException;
import dev.porchlight.picture.PictureProbe;
import dev.porchlight.picture.PictureTooLargeException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.ftpserver.ftplet.DataConnection;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives uploads: first to a hidden file, then, when one is whole and on disk, to its place in its camera's folder. Only
 * then is the camera told. Thread-safe.
 */
final class Reception {
  private static final Logger log = LoggerFactory.getLogger(Reception.class);
  /** What a camera may send to see whether it can. */
  private static final long MOST_OF_TEST = 4096;

  private final FtpConfig config;
  private final Staging staging;
  private final CameraFolders folders;
  private final Complaints complaints;
  private final Predicate<String> isOn;
  private final Consumer<String> seen;
  private final LongSupplier nanoTime;
  private final Counter files;
  private final Counter bytes;
  private final Map<String, RateLimit> rates = new ConcurrentHashMap<>();

  /**
   * Makes a reception.
   *
   * @param isOn whether a camera's pictures are taken at all; may block
   * @param seen hears of each camera whose upload has arrived; must not block
   */
  Reception(FtpConfig config, Staging staging, CameraFolders folders, Complaints complaints, MeterRegistry meters,
      Predicate<String> isOn, Consumer<String> seen, LongSupplier nanoTime) {
    this.config = config;
    this.staging = staging;
    this.folders = folders;
    this.complaints = complaints;
    this.isOn = isOn;
    this.seen = seen;
    this.nanoTime = nanoTime;
    this.files = meters.counter("porchlight.ftp.uploads");
    this.bytes = meters.counter("porchlight.ftp.bytes");
  }

  /** Refuses what comes from a camera that is disabled. */
  void requireOn(String cameraId) throws RefusedException {
    if (!isOn.test(cameraId)) {
      throw new RefusedException(550, Reason.DISABLED, "This camera is disabled, and nothing of it is taken.");
    }
  }

  /** Takes a session's data connection to its end, and says what became of what came. */
  FtpReply receive(FtpIoSession session, Transfer transfer, CameraView view, RemotePath path, FileKind kind) {
    StagedFile file = null;
    boolean isKept = false;
    try {
      file = staging.open(view.cameraId());
      read(session, transfer, view, kind, file);
      if (!kind.isForGood()) {
        file.force();
        view.keep(path, file);
        isKept = true;
        return new DefaultFtpReply(226, kind == FileKind.TEST
            ? "Received. It is no picture, and will be forgotten."
            : "Received. It counts once it is renamed to what it is.");
      }
      finish(view, path, kind, file);
      return new DefaultFtpReply(226, "Received and on disk: " + path);
    } catch (RefusedException e) {
      complaints.tell(view.cameraId(), e.reason(), e.detail() + " " + path);
      return e.reply();
    } catch (IOException e) {
      RefusedException refusal = StagedFile.refusal(e);
      complaints.tell(view.cameraId(), refusal.reason(), refusal.detail() + " " + path);
      return refusal.reply();
    } catch (RuntimeException | Error e) {
      log.error("camera {}: an upload failed", view.cameraId(), e);
      return new DefaultFtpReply(451, "The server failed; its log says why.");
    } finally {
      if (file != null && !isKept) {
        file.close();
      }
    }
  }

  /** Puts a whole file in its place, or says what is wrong with it. Either way it is no longer staged. */
  void finish(CameraView view, RemotePath path, FileKind kind, StagedFile file) throws RefusedException {
    try (file) {
      require(kind, file);
      long size = file.size();
      folders.place(view.cameraId(), path, file);
      view.arrived(path, size);
      files.increment();
      bytes.increment((double) size);
      seen.accept(view.cameraId());
    }
  }

  private void read(FtpIoSession session, Transfer transfer, CameraView view, FileKind kind, StagedFile file)
      throws RefusedException {
    RateLimit rate = rates.computeIfAbsent(view.cameraId(), _ -> new RateLimit(config.maxRate(), nanoTime));
    DataConnection connection;
    try {
      connection = session.getDataConnection().openConnection();
    } catch (Exception e) {
      throw new RefusedException(425, Reason.ABORTED, "There is no data connection: " + e.getMessage());
    }
    try {
      connection.transferFromClient(session.getFtpletSession(),
          new UploadStream(file, limit(kind), rate, transfer));
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
    if (transfer.isVoid()) {
      throw broken("it was aborted, or the control connection ended");
    }
  }

  private long limit(FileKind kind) {
    return switch (kind) {
      case PICTURE -> config.maxFileSize();
      case CLIP, UNFINISHED -> config.maxUploadSize();
      case TEST -> MOST_OF_TEST;
    };
  }

  private void require(FileKind kind, StagedFile file) throws RefusedException {
    if (file.size() > limit(kind)) {
      throw new RefusedException(552, Reason.TOO_LARGE,
          "It has more than " + limit(kind) + " bytes, which is more than is taken; nothing was kept.");
    }
    if (kind != FileKind.PICTURE) {
      return;
    }
    try {
      if (!PictureProbe.probe(file.path(), config.maxFileSize()).info().complete()) {
        throw incomplete("it ends before the picture does");
      }
    } catch (NotAPictureException e) {
      if (e.isRecognised() || file.size() == 0) {
        throw incomplete(String.valueOf(e.getMessage()));
      }
      throw new RefusedException(550, Reason.NOT_A_PICTURE, "It is no picture: " + e.getMessage() + ".");
    } catch (PictureTooLargeException e) {
      throw new RefusedException(552, Reason.TOO_LARGE, String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw StagedFile.refusal(e);
    }
  }

  private static RefusedException incomplete(String why) {
    return new RefusedException(451, Reason.INCOMPLETE, "It is not complete: " + why + "; nothing was kept.");
  }

  private static RefusedException broken(String why) {
    return new RefusedException(426, Reason.ABORTED, "The transfer broke off (" + why + "); nothing was kept.");
  }
}
