package dev.porchlight.it;

import dev.porchlight.Waits;
import dev.porchlight.app.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import tools.jackson.databind.JsonNode;

/** A camera that uploads by FTP, with the client that half the world uses. */
final class FtpCamera implements AutoCloseable {
  private final FTPClient client = new FTPClient();

  private FtpCamera(int port, String id, String password) throws IOException {
    client.setDefaultTimeout((int) Waits.LIMIT.toMillis());
    client.setDataTimeout(Waits.LIMIT);
    client.connect("127.0.0.1", port);
    if (!client.login(id, password)) {
      throw new AssertionError(client.getReplyString());
    }
    client.enterLocalPassiveMode();
    client.setFileType(FTP.BINARY_FILE_TYPE);
  }

  /** Logs in. */
  static FtpCamera of(int port, String id, String password) throws IOException {
    return new FtpCamera(port, id, password);
  }

  /** Makes an account for a camera, and logs in. */
  static FtpCamera of(TestServer server, String id) throws IOException {
    return new FtpCamera(server.ftpPort(), id, account(server, id).get("password").stringValue());
  }

  /** Makes an account for a camera. */
  static JsonNode account(TestServer server, String id) {
    HttpResponse<String> answer = server.send("POST", "/api/cameras/" + id + "/ftp", "");
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return Client.JSON.readTree(answer.body());
  }

  /** Uploads; true when the server says that it has it. */
  boolean store(String name, byte[] bytes) throws IOException {
    return client.storeFile(name, new ByteArrayInputStream(bytes));
  }

  String reply() {
    return client.getReplyString();
  }

  @Override
  public void close() throws IOException {
    client.disconnect();
  }
}
