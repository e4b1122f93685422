package dev.porchlight.ftp;

import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.jspecify.annotations.Nullable;

/**
 * What a session may do to names: give a file that it has sent as {@code .tmp} its own, or let it go. What has arrived is
 * neither renamed nor deleted: it may be being looked at. Thread-safe.
 */
final class NameCommands {
  private static final String NOT_WAITING = "There is no unfinished file of this name in this session;"
      + " what has arrived stays as it is.";

  private final Reception reception;
  private final Complaints complaints;

  NameCommands(Reception reception, Complaints complaints) {
    this.reception = reception;
    this.complaints = complaints;
  }

  /** {@code MKD}: every folder is there already, and on disk once there is something in it. */
  void makeFolder(FtpIoSession session, FtpServerContext context, FtpRequest request) {
    answer(session, request, view -> {
      RemotePath path = UploadCommand.pathOf(view, request);
      return new DefaultFtpReply(257, "\"" + path.toString().replace("\"", "\"\"") + "\" is there.");
    });
  }

  /** {@code RNFR} */
  void renameFrom(FtpIoSession session, FtpServerContext context, FtpRequest request) {
    answer(session, request, view -> {
      RemotePath path = UploadCommand.pathOf(view, request);
      if (!view.isWaiting(path)) {
        throw new RefusedException(550, Reason.NOT_OFFERED, NOT_WAITING);
      }
      view.renames(path);
      return new DefaultFtpReply(350, "To what?");
    });
  }

  /** {@code RNTO}: with a picture's or a clip's name the file has arrived. */
  void renameTo(FtpIoSession session, FtpServerContext context, FtpRequest request) {
    answer(session, request, view -> {
      RemotePath from = view.renaming();
      view.renames(null);
      if (from == null) {
        return new DefaultFtpReply(503, "RNFR comes first.");
      }
      RemotePath to = UploadCommand.pathOf(view, request);
      FileKind kind = UploadCommand.requireKind(to);
      StagedFile file = taken(view, from);
      if (!kind.isForGood()) {
        view.keep(to, file);
        return new DefaultFtpReply(250, "Renamed.");
      }
      reception.finish(view, to, kind, file);
      return new DefaultFtpReply(250, "Renamed, and on disk: " + to);
    });
  }

  /** {@code DELE} */
  void delete(FtpIoSession session, FtpServerContext context, FtpRequest request) {
    answer(session, request, view -> {
      taken(view, UploadCommand.pathOf(view, request)).close();
      return new DefaultFtpReply(250, "Gone.");
    });
  }

  private static StagedFile taken(CameraView view, @Nullable RemotePath path) throws RefusedException {
    StagedFile file = path == null ? null : view.take(path);
    if (file == null) {
      throw new RefusedException(550, Reason.NOT_OFFERED, NOT_WAITING);
    }
    return file;
  }

  private void answer(FtpIoSession session, FtpRequest request, Work work) {
    session.resetState();
    var view = (CameraView) session.getFileSystemView();
    try {
      session.write(work.answer(view));
    } catch (RefusedException e) {
      complaints.tell(view.cameraId(), e.reason(), e.detail() + " " + request.getRequestLine());
      session.write(e.reply());
    }
  }

  @FunctionalInterface
  private interface Work {
    FtpReply answer(CameraView view) throws RefusedException;
  }
}
