package dev.porchlight.ftp;

import dev.porchlight.picture.MadePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Uploads over TLS, with a certificate made by the JDK's own tool. */
final class FtpsTest {
  private static final byte[] PICTURE = MadePictures.jpeg(MadePictures.noise(64, 48));

  @TempDir
  private static Path keys;

  @TempDir
  private Path root;

  @BeforeAll
  static void makeKeys() throws Exception {
    make("first", "RSA");
    make("second", "EC");
  }

  @Test
  void aCameraUploadsOverTls() throws Exception {
    for (String pair : List.of("first", "second")) {
      try (var door = TestDoor.open(root, pem(pair))) {
        FTPSClient front = secure(door, "front", new FTPSClient(false));

        assertThat(TestDoor.store(front, pair + ".jpg", PICTURE)).as(front.getReplyString()).isTrue();
        assertThat(front.listNames()).containsExactly(pair + ".jpg");
        assertThat(door.files()).contains("front/" + pair + ".jpg");
        // In the clear it works as well, since nobody said that it must not.
        assertThat(TestDoor.store(door.camera("garden"), pair + ".jpg", PICTURE)).isTrue();
        assertThat(door.door().tls()).isEqualTo("explicit");
      }
    }
  }

  @Test
  void tlsMayComeFirst() throws Exception {
    try (var door = TestDoor.open(root, concat(pem("first"), "ftp.tls-port=0"))) {
      FTPSClient front = secure(door, "front", new FTPSClient(true));

      assertThat(TestDoor.store(front, "a.jpg", PICTURE)).as(front.getReplyString()).isTrue();
      assertThat(door.door().tls()).isEqualTo("implicit");
    }
  }

  @Test
  void whereTlsIsRequiredNeitherPasswordsNorPicturesGoInTheClear() throws Exception {
    try (var door = TestDoor.open(root, concat(pem("first"), "ftp.require-tls=true"))) {
      String password = door.door().accounts().create("front");
      FTPClient plain = door.stranger();
      assertThat(plain.sendCommand("USER", "front")).isEqualTo(530);
      assertThat(plain.sendCommand("PASS", password)).isEqualTo(530);

      FTPSClient half = door.connect(new FTPSClient(false));
      half.setEndpointCheckingEnabled(false);
      assertThat(half.login("front", password)).isTrue();
      half.enterLocalPassiveMode();
      half.execPROT("C");
      assertThat(TestDoor.store(half, "a.jpg", PICTURE)).isFalse();
      assertThat(half.getReplyCode()).isEqualTo(522);

      FTPSClient whole = secure(door, "garden", new FTPSClient(false));
      assertThat(TestDoor.store(whole, "a.jpg", PICTURE)).isTrue();
      assertThat(door.files()).containsExactly("garden/a.jpg");
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamedInOneLine() throws IOException {
    Path text = Files.writeString(keys.resolve("text.pem"), "no PEM at all\n");
    Path old = Files.writeString(keys.resolve("old.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA "
        + "PRIVATE KEY-----\n");
    Path damaged = Files.writeString(keys.resolve("damaged.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END "
        + "PRIVATE KEY-----\n");
    Path certificate = keys.resolve("first.crt");
    Path key = keys.resolve("first.key");

    refused(keys.resolve("none.crt"), key, "ftp.tls-certificate", "no file", "none.crt");
    refused(text, key, "ftp.tls-certificate", "text.pem");
    refused(certificate, keys.resolve("none.key"), "ftp.tls-key", "no file", "none.key");
    refused(certificate, text, "ftp.tls-key", "-----BEGIN PRIVATE KEY-----");
    refused(certificate, old, "ftp.tls-key", "openssl pkcs8");
    refused(certificate, damaged, "ftp.tls-key", "damaged");
    refused(certificate, keys.resolve("second.key"), "ftp.tls-key", "kind");
  }

  private static void refused(Path certificate, Path key, String... says) {
    assertThatIOException().isThrownBy(() -> Tls.open(certificate, key))
        .satisfies(e -> assertThat(e.getMessage()).contains(says).doesNotContain("\n"));
  }

  private static FTPSClient secure(TestDoor door, String id, FTPSClient client) throws IOException {
    String password = door.door().accounts().create(id);
    // The test's certificate is signed by nobody: what is tested is the server.
    client.setTrustManager(org.apache.commons.net.util.TrustManagerUtils.getAcceptAllTrustManager());
    client.setEndpointCheckingEnabled(false);
    door.connect(client);
    assertThat(client.login(id, password)).as(client.getReplyString()).isTrue();
    client.execPBSZ(0);
    client.execPROT("P");
    client.enterLocalPassiveMode();
    client.setFileType(FTP.BINARY_FILE_TYPE);
    return client;
  }

  private static void make(String name, String algorithm) throws Exception {
    Path store = keys.resolve(name + ".p12");
    Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair", "-alias", "a", "-keyalg", algorithm, "-dname", "CN=localhost", "-validity", "2", "-keystore",
        store.toString(), "-storetype", "PKCS12", "-storepass", "changeit").redirectErrorStream(true).start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    KeyStore loaded = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    write(name + ".crt", "CERTIFICATE", loaded.getCertificate("a").getEncoded());
    write(name + ".key", "PRIVATE KEY", loaded.getKey("a", "changeit".toCharArray()).getEncoded());
  }

  private static void write(String file, String kind, byte[] bytes) throws IOException {
    Files.writeString(keys.resolve(file), "-----BEGIN " + kind + "-----\n"
        + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n");
  }

  private static String[] pem(String name) {
    return new String[]{"ftp.tls-certificate=" + keys.resolve(name + ".crt"),
      "ftp.tls-key=" + keys.resolve(name + ".key")};
  }

  private static String[] concat(String[] settings, String more) {
    String[] all = java.util.Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = more;
    return all;
  }
}
