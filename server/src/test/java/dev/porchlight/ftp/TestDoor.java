package dev.porchlight.ftp;

import dev.porchlight.Waits;
import dev.porchlight.config.CommandLineOption;
import dev.porchlight.config.LoadedSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.io.CopyStreamException;

/** The real door on a free port of loopback, with accounts in memory. */
final class TestDoor implements AutoCloseable {
  private final Path root;
  private final FtpDoor door;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<FTPClient> clients = new ArrayList<>();

  private TestDoor(Path root, String... settings) throws IOException {
    this.root = root;
    this.door = new FtpDoor(config(settings), InetAddress.getLoopbackAddress(), root, new MemoryFtpAccounts(), meters,
        Clock.systemUTC(), System::nanoTime, new SecureRandom(), _ -> true, seen::add);
    door.start();
  }

  /** Opens a door with these settings, each {@code key=value}. */
  static TestDoor open(Path root, String... settings) throws IOException {
    return new TestDoor(root, settings);
  }

  static FtpConfig config(String... settings) {
    var options = new ArrayList<CommandLineOption>();
    for (String setting : Stream.concat(Stream.of("ftp.passive-ports=0"), Stream.of(settings)).toList()) {
      int equals = setting.indexOf('=');
      options.add(new CommandLineOption(setting, setting.substring(0, equals), setting.substring(equals + 1)));
    }
    if (options.stream().noneMatch(option -> option.key().endsWith("port"))) {
      options.add(new CommandLineOption("ftp.port", "ftp.port", "0"));
    }
    var loaded = LoadedSettings.load(null, Path.of("none"), Map.of(), options);
    FtpConfig config = FtpConfig.read(loaded, "127.0.0.1");
    loaded.check();
    return config;
  }

  FtpDoor door() {
    return door;
  }

  int port() {
    return door.port();
  }

  List<String> seen() {
    return seen;
  }

  double refused(String reason) {
    return meters.counter("porchlight.ftp.refused", "reason", reason).count();
  }

  /** A client that is connected, and not logged in. */
  FTPClient stranger() throws IOException {
    return connect(new FTPClient());
  }

  /** Connects a client, which is closed with the door. */
  <T extends FTPClient> T connect(T client) throws IOException {
    client.setControlEncoding(StandardCharsets.UTF_8);
    client.setDefaultTimeout((int) Waits.LIMIT.toMillis());
    client.setDataTimeout(Waits.LIMIT);
    client.connect("127.0.0.1", port());
    client.setSoTimeout((int) Waits.LIMIT.toMillis());
    clients.add(client);
    return client;
  }

  /** A client of a camera that is given an account for it. */
  FTPClient camera(String id) throws IOException {
    String password = door.accounts().create(id);
    FTPClient client = stranger();
    if (!client.login(id, password)) {
      throw new AssertionError(client.getReplyString());
    }
    client.enterLocalPassiveMode();
    client.setFileType(FTP.BINARY_FILE_TYPE);
    return client;
  }

  /** Uploads; a server that has enough may close the data connection before all is sent, and then says why. */
  static boolean store(FTPClient client, String name, byte[] bytes) throws IOException {
    try {
      return client.storeFile(name, new ByteArrayInputStream(bytes));
    } catch (CopyStreamException _) {
      return client.completePendingCommand();
    }
  }

  /** The files below the root, apart from those that are coming in, relative to it. */
  List<String> files() {
    return files(root).filter(name -> !name.startsWith(Staging.FOLDER)).toList();
  }

  /** What is coming in. */
  List<String> incoming() {
    return files(root.resolve(Staging.FOLDER)).toList();
  }

  private static Stream<String> files(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (FTPClient client : clients) {
      try {
        client.disconnect();
      } catch (IOException _) {
        // It may have been closed by the server.
      }
    }
    door.close();
  }
}
