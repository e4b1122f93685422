package dev.porchlight.ftp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.Nullable;

/** The server's certificate and its key, from the two PEM files that everybody's tools write. Immutable. */
final class Tls implements SslConfiguration {
  private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext context;
  private final Instant expiresAt;

  private Tls(SSLContext context, Instant expiresAt) {
    this.context = context;
    this.expiresAt = expiresAt;
  }

  /**
   * Reads the files.
   *
   * @throws IOException of one line that names the file and what is wrong with it
   */
  static Tls open(Path certificate, Path key) throws IOException {
    List<X509Certificate> chain = certificates(certificate);
    PrivateKey privateKey = key(key, chain.getFirst().getPublicKey().getAlgorithm());
    try {
      requirePair(chain.getFirst(), privateKey, certificate, key);
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("ftp", privateKey, new char[0], chain.toArray(Certificate[]::new));
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return new Tls(context, chain.getFirst().getNotAfter().toInstant());
    } catch (GeneralSecurityException e) {
      throw new IOException("ftp.tls-certificate: " + certificate + " and " + key + " cannot be used: "
          + e.getMessage(), e);
    }
  }

  /** When the certificate ends. */
  Instant expiresAt() {
    return expiresAt;
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    try (var in = new ByteArrayInputStream(read("ftp.tls-certificate", file).getBytes(StandardCharsets.US_ASCII))) {
      Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException("ftp.tls-certificate: there is no certificate in " + file + ": it must be PEM, and begin "
            + "with -----BEGIN CERTIFICATE-----");
      }
      return found.stream().map(X509Certificate.class::cast).toList();
    } catch (GeneralSecurityException e) {
      throw new IOException("ftp.tls-certificate: " + file + " holds no certificate in PEM: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path file, String algorithm) throws IOException {
    String text = read("ftp.tls-key", file);
    Matcher pem = KEY.matcher(text);
    if (!pem.find()) {
      throw new IOException("ftp.tls-key: " + file + (text.contains("PRIVATE KEY-----")
          ? " holds a key in an older format, or one with a password: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW"
              + " makes one that can be read"
          : " holds no key in PEM: it must begin with -----BEGIN PRIVATE KEY-----"));
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("ftp.tls-key: the key in " + file + " is damaged, or is not of the kind that the "
          + "certificate has, " + algorithm, e);
    }
  }

  private static void requirePair(X509Certificate certificate, PrivateKey key, Path certificateFile, Path keyFile)
      throws GeneralSecurityException, IOException {
    String algorithm = switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
    byte[] text = "a pair?".getBytes(StandardCharsets.US_ASCII);
    var signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(text);
    var checking = Signature.getInstance(algorithm);
    checking.initVerify(certificate.getPublicKey());
    checking.update(text);
    if (!checking.verify(signing.sign())) {
      throw new IOException("ftp.tls-key: the key in " + keyFile + " does not belong to the certificate in "
          + certificateFile);
    }
  }

  private static String read(String setting, Path file) throws IOException {
    try {
      // One byte, one character: what is no text is found out below, and said in words.
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException(setting + ": there is no file " + file, e);
    } catch (IOException e) {
      throw new IOException(setting + ": " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public SSLSocketFactory getSocketFactory() {
    return context.getSocketFactory();
  }

  @Override
  public SSLContext getSSLContext() {
    return context;
  }

  @Override
  public SSLContext getSSLContext(String protocol) {
    return context;
  }

  @Override
  public String @Nullable [] getEnabledCipherSuites() {
    return null;
  }

  @Override
  public String getEnabledProtocol() {
    return PROTOCOLS[0];
  }

  @Override
  public String[] getEnabledProtocols() {
    return PROTOCOLS.clone();
  }

  @Override
  public ClientAuth getClientAuth() {
    return ClientAuth.NONE;
  }
}
