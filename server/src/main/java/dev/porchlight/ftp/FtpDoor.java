package dev.porchlight.ftp;

import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.store.FtpAccountStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfiguration;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerConfigurationException;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.Ftplet;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for cameras that upload by FTP. Each has an account of its own and reaches nothing but its own folder, into
 * which it can put pictures and clips and from which it can take nothing. What is answered with 226 is on disk, whole.
 * Thread-safe.
 */
public final class FtpDoor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FtpDoor.class);
  /** A camera that stops sending in the middle of a picture will not go on after that. */
  private static final int DATA_IDLE_SECONDS = 30;
  private static final int MOST_WRONG_PASSWORDS = 3;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);
  private static final String PLAIN = "default";
  private static final String IMPLICIT = "implicit";

  private final FtpConfig config;
  private final InetAddress address;
  private final FtpAccounts accounts;
  private final Sessions sessions;
  private final Staging staging;
  private final Clock clock;
  private final Complaints complaints;
  private final Commands commands;
  private final CameraUsers users;
  private @Nullable Tls tls;
  private volatile @Nullable FtpServer server;
  private volatile boolean closed;

  /**
   * Makes a door that is not open yet.
   *
   * @param address where it listens
   * @param root    the folder with one folder for each camera
   * @param random  must not be predictable
   * @param isOn    whether a camera's pictures are taken at all; may block
   * @param seen    hears of each camera that shows a sign of life; must not block
   */
  public FtpDoor(FtpConfig config, InetAddress address, Path root, FtpAccountStore store, MeterRegistry meters,
      Clock clock, LongSupplier nanoTime, RandomGenerator random, Predicate<String> isOn, Consumer<String> seen) {
    this.config = config;
    this.address = address;
    this.clock = clock;
    this.complaints = new Complaints(meters, nanoTime);
    this.sessions = new Sessions(config.maxSessions(), complaints, meters, seen);
    this.accounts = new FtpAccounts(store, clock, random, sessions::end);
    this.staging = new Staging(root, config.maxUnfinished());
    var reception = new Reception(config, staging, new CameraFolders(root, clock, random), complaints, meters, isOn,
        seen, nanoTime);
    this.commands = new Commands(reception, sessions, accounts, complaints, config.hasTls(), config.requireTls());
    this.users = new CameraUsers(accounts, new Lockout(nanoTime), complaints, config.idle());
  }

  /**
   * Opens the door, if it is to be.
   *
   * @throws IOException of one line, when a port cannot be had, or the certificate cannot be used
   */
  public void start() throws IOException {
    if (!config.isOn()) {
      return;
    }
    Path certificate = config.tlsCertificate();
    Path key = config.tlsKey();
    tls = certificate == null || key == null ? null : Tls.open(certificate, key);
    staging.prepare();
    var factory = new FtpServerFactory();
    try {
      factory.setListeners(listeners());
    } catch (FtpServerConfigurationException e) {
      throw new IOException("ftp.passive-address: there is no host \"" + config.passiveAddress() + "\"", e);
    }
    factory.setUserManager(users);
    factory.setFileSystem(user -> new CameraView(user.getName(), clock));
    factory.setCommandFactory(commands);
    factory.setFtplets(new LinkedHashMap<>(Map.<String, Ftplet>of("sessions", sessions)));
    var connections = new ConnectionConfigFactory();
    connections.setAnonymousLoginEnabled(false);
    connections.setMaxLogins(0);
    connections.setMaxThreads(config.maxSessions() + 2);
    connections.setMaxLoginFailures(MOST_WRONG_PASSWORDS);
    connections.setLoginFailureDelay(0);
    factory.setConnectionConfig(connections.createConnectionConfig());
    FtpServer made = factory.createServer();
    if (made instanceof DefaultFtpServer inside) {
      // Commands wait: for the disk, for an upload to end, for a wrong password to have taken long enough.
      inside.getServerContext()
          .getThreadPoolExecutor()
          .setThreadFactory(Thread.ofVirtual().name("ftp-command-", 0).factory());
    }
    server = made;
    try {
      made.start();
    } catch (FtpException | RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("cannot listen for FTP on " + config.host() + ": " + cause.getMessage(), e);
    }
    log.info("FTP on {}, {} TLS", where(), tls == null ? "without" : config.requireTls() ? "only with" : "also with");
    if (!address.isLoopbackAddress() && !config.requireTls()) {
      log.warn("FTP listens beyond this machine, and plain FTP shows passwords and pictures to whoever listens on the "
          + "network: where cameras can do FTPS, set ftp.tls-certificate, ftp.tls-key and ftp.require-tls");
    }
  }

  /** A camera is gone: so are its sessions. Its account is none from then on. */
  public void cameraDeleted(String cameraId) {
    sessions.end(cameraId);
  }

  /** The accounts of the cameras. */
  public FtpAccounts accounts() {
    return accounts;
  }

  /** True when cameras can upload by FTP. */
  public boolean isOn() {
    return config.isOn();
  }

  /**
   * Whether cameras can, or must, use TLS on {@link #port()}: {@code off}; {@code explicit}, they may ask for it;
   * {@code required}, they must; {@code implicit}, it comes first.
   */
  public String tls() {
    if (!config.hasTls()) {
      return "off";
    }
    return config.port() == null ? "implicit" : config.requireTls() ? "required" : "explicit";
  }

  /** The port that cameras connect to; 0 when there is none. */
  public int port() {
    int plain = port(PLAIN);
    return plain == 0 ? port(IMPLICIT) : plain;
  }

  /** The port where TLS comes first; 0 when there is none. */
  public int tlsPort() {
    return port(IMPLICIT);
  }

  /** What cameras connect to: an address of this machine, or what is set for those behind address translation. */
  public String host() {
    if (config.passiveAddress() != null) {
      return config.passiveAddress();
    }
    return address.isAnyLocalAddress() ? anAddress() : config.host();
  }

  /** How it is. */
  public Component status() {
    if (!config.isOn()) {
      return new Component(Status.OK, "off");
    }
    FtpServer now = server;
    if (closed || now == null || now.isStopped()) {
      return new Component(Status.DOWN, "it does not listen");
    }
    if (tls != null && tls.expiresAt().isBefore(clock.instant())) {
      return new Component(Status.DEGRADED, "the certificate has expired: " + tls.expiresAt());
    }
    return new Component(Status.OK, sessions.count() + " sessions on " + where());
  }

  /** Closes it: what is under way and not answered is gone, and its cameras send it again. */
  @Override
  public void close() {
    closed = true;
    FtpServer open = server;
    if (open != null && !open.isStopped()) {
      open.suspend();
      sessions.endAll(LONGEST_STOP);
      open.stop();
    }
  }

  private Map<String, Listener> listeners() {
    var listeners = new LinkedHashMap<String, Listener>();
    DataConnectionConfiguration data = dataConnections();
    if (config.port() != null) {
      listeners.put(PLAIN, listener(config.port(), data, false));
    }
    if (config.tlsPort() != null) {
      listeners.put(IMPLICIT, listener(config.tlsPort(), data, true));
    }
    return listeners;
  }

  private Listener listener(int port, DataConnectionConfiguration data, boolean isImplicit) {
    var factory = new ListenerFactory();
    factory.setServerAddress(address.getHostAddress());
    factory.setPort(port);
    factory.setDataConnectionConfiguration(data);
    // One more, so that a session's own, which must be less, is what counts.
    factory.setIdleTimeout(Math.toIntExact(config.idle().toSeconds()) + 1);
    factory.setSessionFilter(new LineGuard(complaints));
    if (tls != null) {
      factory.setSslConfiguration(tls);
      factory.setImplicitSsl(isImplicit);
    }
    return factory.createListener();
  }

  /** Only the camera itself is connected to, and only it may connect: else FTP is a way to reach other machines. */
  private DataConnectionConfiguration dataConnections() {
    var factory = new DataConnectionConfigurationFactory();
    factory.setIdleTime(DATA_IDLE_SECONDS);
    factory.setActiveEnabled(config.active());
    factory.setActiveIpCheck(true);
    factory.setPassiveIpCheck(true);
    factory.setPassivePorts(config.passivePorts());
    if (config.passiveAddress() != null) {
      factory.setPassiveExternalAddress(config.passiveAddress());
    }
    if (tls != null) {
      factory.setSslConfiguration(tls);
    }
    return factory.createDataConnectionConfiguration();
  }

  private int port(String name) {
    FtpServer now = server;
    if (now instanceof DefaultFtpServer inside && !now.isStopped()) {
      Listener listener = inside.getListener(name);
      return listener == null ? 0 : listener.getPort();
    }
    return 0;
  }

  private String where() {
    int implicit = port(IMPLICIT);
    String plain = port(PLAIN) == 0 ? "" : config.host() + " port " + port(PLAIN);
    String secure = implicit == 0 ? "" : (plain.isEmpty() ? config.host() + " port " : ", ") + implicit + " (implicit)";
    return plain + secure;
  }

  private static String anAddress() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(InetAddress::isSiteLocalAddress)
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElse("this machine's address");
    } catch (IOException _) {
      return "this machine's address";
    }
  }
}
