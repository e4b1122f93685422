package dev.porchlight.ftp;

import dev.porchlight.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How cameras upload by FTP. Sizes and rates are in bytes and bytes a second.
 *
 * @param port               {@code ftp.port}: 0 for any free one; null when there is no FTP
 * @param host               {@code ftp.host}: where it listens
 * @param passivePorts       {@code ftp.passive-ports}: {@code first-last}, or {@code 0} for any free ones
 * @param passiveAddress     {@code ftp.passive-address}: what cameras are told to connect to, behind address translation
 * @param active             {@code ftp.active}: connect to cameras that ask for it, each at its own address only
 * @param maxFileSize        {@code ftp.max-file-size}: the most that a picture may have
 * @param maxUploadSize      {@code ftp.max-upload-size}: the most that a clip may have
 * @param maxUnfinished      {@code ftp.max-unfinished}: the most that a camera may have under way and not yet whole
 * @param maxRate            {@code ftp.max-rate}: what one camera may send a second, all its sessions together
 * @param maxSessions        {@code ftp.max-sessions}: most control connections, against exhaustion of threads
 * @param idle               {@code ftp.idle}: how long a logged-in session may say nothing
 * @param tlsCertificate     {@code ftp.tls-certificate}: PEM, the server's first; null for no TLS
 * @param tlsKey             {@code ftp.tls-key}: PEM, PKCS#8, not encrypted
 * @param tlsPort            {@code ftp.tls-port}: a port where TLS comes first; null for none
 * @param requireTls         {@code ftp.require-tls}: neither passwords nor pictures in the clear
 */
public record FtpConfig(@Nullable Integer port, String host, String passivePorts, @Nullable String passiveAddress,
    boolean active, long maxFileSize, long maxUploadSize, long maxUnfinished, long maxRate, int maxSessions,
    Duration idle, @Nullable Path tlsCertificate, @Nullable Path tlsKey, @Nullable Integer tlsPort,
    boolean requireTls) {
  private static final String PASSIVE_PORTS = "50000-50049";
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
  private static final int GREATEST_PORT = 65_535;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /**
   * Reads the settings.
   *
   * @param httpHost where the web server listens: FTP does too, unless {@code ftp.host} is set
   */
  public static FtpConfig read(Settings settings, String httpHost) {
    String host = settings.text("ftp.host", httpHost);
    Path certificate = settings.path("ftp.tls-certificate", null);
    Path key = settings.path("ftp.tls-key", null);
    Integer tlsPort = port(settings, "ftp.tls-port");
    boolean requireTls = settings.flag("ftp.require-tls", false);
    if ((certificate == null) != (key == null)) {
      settings.mistake("ftp.tls-certificate and ftp.tls-key belong together: set both, or neither");
    }
    if (certificate == null && (tlsPort != null || requireTls)) {
      settings.mistake((requireTls ? "ftp.require-tls" : "ftp.tls-port")
          + " needs a certificate: set ftp.tls-certificate and ftp.tls-key");
    }
    return new FtpConfig(port(settings, "ftp.port"), host == null ? httpHost : host, passivePorts(settings),
        settings.text("ftp.passive-address", null), settings.flag("ftp.active", false),
        settings.size("ftp.max-file-size", 32 * MIB, 1024, 32 * MIB),
        settings.size("ftp.max-upload-size", 2 * GIB, MIB, 1024 * GIB),
        settings.size("ftp.max-unfinished", 4 * GIB, MIB, 1024 * GIB),
        settings.size("ftp.max-rate", 16 * MIB, 1024, GIB), settings.integer("ftp.max-sessions", 64, 1, 10_000),
        settings.duration("ftp.idle", Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofHours(1)),
        certificate, key, tlsPort, requireTls);
  }

  /** True when cameras can upload by FTP. */
  public boolean isOn() {
    return port != null || tlsPort != null;
  }

  /** True when cameras can use TLS. */
  public boolean hasTls() {
    return tlsCertificate != null;
  }

  private static @Nullable Integer port(Settings settings, String key) {
    String text = settings.text(key, null);
    if (text == null) {
      return null;
    }
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    if (port < 0 || port > GREATEST_PORT) {
      settings.mistake(key + ": must be a port from 0 to " + GREATEST_PORT + ", not " + text);
      return null;
    }
    return port;
  }

  private static String passivePorts(Settings settings) {
    String text = settings.text("ftp.passive-ports", PASSIVE_PORTS);
    if (text == null || text.equals("0")) {
      return text == null ? PASSIVE_PORTS : text;
    }
    Matcher range = RANGE.matcher(text);
    if (!range.matches() || Integer.parseInt(range.group(1)) < 1024
        || Integer.parseInt(range.group(2)) > GREATEST_PORT
        || Integer.parseInt(range.group(1)) > Integer.parseInt(range.group(2))) {
      settings.mistake("ftp.passive-ports: must be a range such as " + PASSIVE_PORTS
          + ", from 1024 on, or 0 for any free ports, not " + text);
      return PASSIVE_PORTS;
    }
    return text;
  }
}
