package dev.porchlight.ftp;

import java.util.Map;
import java.util.TreeMap;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.impl.AUTH;
import org.apache.ftpserver.command.impl.CDUP;
import org.apache.ftpserver.command.impl.CWD;
import org.apache.ftpserver.command.impl.EPRT;
import org.apache.ftpserver.command.impl.EPSV;
import org.apache.ftpserver.command.impl.LIST;
import org.apache.ftpserver.command.impl.MDTM;
import org.apache.ftpserver.command.impl.MLSD;
import org.apache.ftpserver.command.impl.MLST;
import org.apache.ftpserver.command.impl.NLST;
import org.apache.ftpserver.command.impl.NOOP;
import org.apache.ftpserver.command.impl.OPTS;
import org.apache.ftpserver.command.impl.PASS;
import org.apache.ftpserver.command.impl.PASV;
import org.apache.ftpserver.command.impl.PBSZ;
import org.apache.ftpserver.command.impl.PORT;
import org.apache.ftpserver.command.impl.PROT;
import org.apache.ftpserver.command.impl.PWD;
import org.apache.ftpserver.command.impl.QUIT;
import org.apache.ftpserver.command.impl.SIZE;
import org.apache.ftpserver.command.impl.STRU;
import org.apache.ftpserver.command.impl.SYST;
import org.apache.ftpserver.command.impl.TYPE;
import org.apache.ftpserver.command.impl.USER;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;
import org.jspecify.annotations.Nullable;

/**
 * All that a camera can say. Whatever changes or gives out files is ours or is not there; the library's own commands move
 * about and list. Thread-safe.
 */
final class Commands implements CommandFactory {
  private static final String FEATURES = "Features:\n UTF8\n SIZE\n MDTM\n MLST type*;size*;modify*;\n EPSV\n";

  private final Map<String, Command> commands = new TreeMap<>();

  /**
   * The commands of a server.
   *
   * @param hasTls whether there is a certificate
   */
  Commands(Reception reception, Sessions sessions, FtpAccounts accounts, Complaints complaints, boolean hasTls,
      boolean requireTls) {
    var login = new Login(sessions, complaints, requireTls);
    commands.put("USER", login.guarding(new USER()));
    commands.put("PASS", login.guarding(login.noting(new PASS())));
    commands.put("AUTH", new AUTH());
    commands.put("PBSZ", new PBSZ());
    commands.put("PROT", new PROT());
    commands.put("QUIT", new QUIT());
    commands.put("NOOP", new NOOP());
    commands.put("SYST", new SYST());
    commands.put("OPTS", new OPTS());
    commands.put("FEAT", saying(211, FEATURES + (hasTls ? " AUTH TLS\n PBSZ\n PROT\n" : "") + "End"));
    commands.put("TYPE", new TYPE());
    commands.put("STRU", new STRU());
    commands.put("MODE", (session, _, request) -> session
        .write("S".equalsIgnoreCase(request.getArgument())
            ? new DefaultFtpReply(200, "Stream it is.")
            : new DefaultFtpReply(504, "Only MODE S is offered.")));
    commands.put("ALLO", saying(202, "There is no need to."));

    commands.put("PASV", new PASV());
    commands.put("EPSV", new EPSV());
    commands.put("PORT", new PORT());
    commands.put("EPRT", new EPRT());

    commands.put("PWD", new PWD());
    commands.put("CWD", new CWD());
    commands.put("CDUP", new CDUP());
    commands.put("LIST", new LIST());
    commands.put("NLST", new NLST());
    commands.put("MLSD", new MLSD());
    commands.put("MLST", new MLST());
    commands.put("SIZE", new SIZE());
    commands.put("MDTM", new MDTM());

    var upload = new UploadCommand(reception, accounts, complaints, requireTls);
    commands.put("STOR", upload);
    commands.put("APPE", upload);
    var names = new NameCommands(reception, complaints);
    commands.put("MKD", names::makeFolder);
    commands.put("RNFR", names::renameFrom);
    commands.put("RNTO", names::renameTo);
    commands.put("DELE", names::delete);
    commands.put("REST", (session, _, request) -> session
        .write("0".equals(request.getArgument())
            ? new DefaultFtpReply(350, "From the beginning.")
            : new DefaultFtpReply(502, "Uploads are not resumed: what broke off is gone. Send it again.")));
    commands.put("RETR", saying(550, "Nothing is given out."));
    commands.put("RMD", saying(550, "Nothing is removed."));
    commands.replaceAll((_, command) -> inTurn(command));
    commands.put("ABOR", UploadCommand::abort);
  }

  @Override
  public @Nullable Command getCommand(String name) {
    return commands.get(name);
  }

  private static Command saying(int code, String text) {
    FtpReply reply = new DefaultFtpReply(code, text);
    return (session, _, _) -> session.write(reply);
  }

  /** A command that waits until the upload before it has been answered. */
  private static Command inTurn(Command command) {
    return (session, context, request) -> {
      Transfer transfer = Transfer.of(session);
      if (transfer != null) {
        try {
          transfer.await();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
      command.execute(session, context, request);
    };
  }
}
