package dev.porchlight.ftp;

import dev.porchlight.store.StoreException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/**
 * {@code STOR}, and {@code APPE}, which is the same: there is never a part of a file to append to. The answer comes from
 * the {@link Transfer}. Thread-safe.
 */
final class UploadCommand implements Command {
  private final Reception reception;
  private final FtpAccounts accounts;
  private final Complaints complaints;
  private final boolean requireTls;

  UploadCommand(Reception reception, FtpAccounts accounts, Complaints complaints, boolean requireTls) {
    this.reception = reception;
    this.accounts = accounts;
    this.complaints = complaints;
    this.requireTls = requireTls;
  }

  @Override
  public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
    session.resetState();
    var view = (CameraView) session.getFileSystemView();
    try {
      start(session, request, view);
    } catch (RefusedException e) {
      complaints.tell(view.cameraId(), e.reason(), e.detail() + " " + request.getRequestLine());
      session.getDataConnection().closeDataConnection();
      session.write(e.reply());
    }
  }

  /** {@code ABOR}: ends the upload that is under way, which answers first, or a data connection that waits. */
  static void abort(FtpIoSession session, FtpServerContext context, FtpRequest request) {
    Transfer transfer = Transfer.of(session);
    if (transfer == null) {
      session.getDataConnection().closeDataConnection();
    } else {
      transfer.abort();
      try {
        transfer.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    session.write(new DefaultFtpReply(226, "Nothing is under way any more."));
  }

  private void start(FtpIoSession session, FtpRequest request, CameraView view) throws RefusedException {
    reception.requireOn(view.cameraId());
    RemotePath path = pathOf(view, request);
    FileKind kind = requireKind(path);
    if (request.getCommand().equals("APPE") && view.isWaiting(path)) {
      throw new RefusedException(553, Reason.NOT_OFFERED, "Nothing is appended: send the whole file again.");
    }
    requireAccount(session, view);
    if (session.getDataConnection().getInetAddress() == null) {
      session.write(new DefaultFtpReply(503, "PASV or EPSV comes first."));
      return;
    }
    if (requireTls && !session.getDataConnection().isSecure()) {
      throw new RefusedException(522, Reason.NO_TLS, "Pictures are not for the open network: PROT P first.");
    }
    // Whatever type was said: a picture with its line ends changed is none.
    session.setDataType(DataType.BINARY);
    session.write(new DefaultFtpReply(150, "Send it."));
    Transfer.start(session, view.cameraId(), transfer -> reception.receive(session, transfer, view, path, kind));
  }

  static RemotePath pathOf(CameraView view, FtpRequest request) throws RefusedException {
    String argument = request.getArgument();
    if (argument == null || argument.isBlank()) {
      throw new RefusedException(501, Reason.NOT_FTP, "A name is missing.");
    }
    return view.resolve(argument);
  }

  static FileKind requireKind(RemotePath path) throws RefusedException {
    FileKind kind = FileKind.of(path.name());
    if (kind == null) {
      throw new RefusedException(553, Reason.WRONG_KIND,
          "Name not allowed: only .jpg, .jpeg, .png, .mp4, .avi and .mkv are taken.");
    }
    return kind;
  }

  /** A camera may have lost its account while it was logged in, or be gone. */
  private void requireAccount(FtpIoSession session, CameraView view) throws RefusedException {
    try {
      if (accounts.find(view.cameraId()).isEmpty()) {
        session.closeOnFlush();
        throw new RefusedException(530, Reason.LOGIN, "There is no such account any more.");
      }
    } catch (StoreException e) {
      throw new RefusedException(451, Reason.DISK_FAILED, "The store does not work; the server's log says why.");
    }
  }
}
