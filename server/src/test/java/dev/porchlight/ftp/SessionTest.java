package dev.porchlight.ftp;

import dev.porchlight.Waits;
import dev.porchlight.picture.MadePictures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Who gets in, how many at once, and what a control connection may cost. */
final class SessionTest {
  private static final byte[] PICTURE = MadePictures.jpeg(MadePictures.noise(64, 48));

  @TempDir
  private Path root;

  @Test
  void onlyTheRightPasswordLetsACameraIn() throws IOException {
    try (var door = TestDoor.open(root)) {
      String password = door.door().accounts().create("front");
      door.door().accounts().create("garden");
      FTPClient client = door.stranger();

      assertThat(password).matches("[2-9A-HJ-NP-Za-km-z]{22}");
      assertThat(client.login("front", "wrong")).isFalse();
      assertThat(client.login("garden", password)).isFalse();
      assertThat(door.stranger().login("nobody", password)).isFalse();
      assertThat(door.stranger().login("anonymous", "me@example.org")).isFalse();
      assertThat(door.stranger().login("../front", password)).isFalse();
      assertThat(door.stranger().sendCommand("STOR", "visit.jpg")).isEqualTo(530);
      assertThat(client.login("front", password)).isTrue();
      assertThat(door.refused("login")).isEqualTo(4);
    }
  }

  @Test
  void aNewPasswordEndsTheOldOneAndItsSessions() throws IOException {
    try (var door = TestDoor.open(root)) {
      String old = door.door().accounts().create("front");
      FTPClient client = door.stranger();
      assertThat(client.login("front", old)).isTrue();

      String now = door.door().accounts().create("front");

      assertThatIOException().isThrownBy(() -> {
        client.noop();
        client.noop();
      });
      assertThat(now).isNotEqualTo(old);
      assertThat(door.stranger().login("front", old)).isFalse();
      assertThat(door.stranger().login("front", now)).isTrue();

      assertThat(door.door().accounts().remove("front")).isTrue();
      assertThat(door.stranger().login("front", now)).isFalse();
      assertThat(door.door().accounts().remove("front")).isFalse();
    }
  }

  @Test
  void moreSessionsThanAllowedAreToldToComeAgain() throws IOException {
    try (var door = TestDoor.open(root, "ftp.max-sessions=3")) {
      FTPClient first = door.camera("front");
      door.camera("garden");
      door.camera("porch");

      assertThatIOException().isThrownBy(door::stranger).withMessageContaining("421");

      first.disconnect();
      await().untilAsserted(() -> assertThat(door.stranger().isConnected()).isTrue());
    }
  }

  @Test
  void aCameraThatNeverClosesItsSessionsDoesNotTakeThePlacesOfOthers() throws IOException {
    try (var door = TestDoor.open(root)) {
      String password = door.door().accounts().create("front");
      for (int i = 0; i < 8; i++) {
        assertThat(door.stranger().login("front", password)).isTrue();
      }

      FTPClient ninth = door.stranger();
      var _ = ninth.login("front", password);
      assertThatIOException().isThrownBy(() -> {
        ninth.noop();
        ninth.noop();
      });

      assertThat(TestDoor.store(door.camera("garden"), "a.jpg", PICTURE)).isTrue();
      assertThat(door.refused("too_many_sessions")).isEqualTo(1);
    }
  }

  @Test
  void theServerConnectsToNobodyUnlessToldToAndThenOnlyToTheCameraItself() throws IOException {
    try (var door = TestDoor.open(root)) {
      FTPClient front = door.camera("front");
      assertThat(front.sendCommand("PORT", "127,0,0,1,200,10")).isEqualTo(501);
      assertThat(front.sendCommand("EPRT", "|1|127.0.0.1|51210|")).isEqualTo(501);
    }
    try (var door = TestDoor.open(root, "ftp.active=true")) {
      FTPClient front = door.camera("front");
      assertThat(front.sendCommand("PORT", "127,0,0,2,200,10")).isEqualTo(501);
      assertThat(front.sendCommand("EPRT", "|1|192.0.2.1|51210|")).isEqualTo(501);
      front.enterLocalActiveMode();
      assertThat(TestDoor.store(front, "a.jpg", PICTURE)).as(front.getReplyString()).isTrue();
    }
  }

  @Test
  void aDataConnectionFromAnotherAddressIsRefused() throws IOException {
    try (var door = TestDoor.open(root)) {
      FTPClient front = door.camera("front");
      assertThat(front.sendCommand("EPSV")).isEqualTo(229);
      int port = Integer.parseInt(front.getReplyString().replaceAll(".*\\|\\|\\|(\\d+)\\|.*\\R*", "$1"));

      try (var thief = new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral("127.0.0.2"), 0)) {
        thief.getOutputStream().write(PICTURE);
        assertThat(front.sendCommand("STOR", "stolen.jpg")).isEqualTo(150);
        assertThat(front.getReply()).isBetween(425, 426);
      }
      assertThat(door.files()).isEmpty();
    }
  }

  @Test
  void aClientThatSendsMoreThanIsAnsweredIsAnsweredInItsTimeAndOneThatSendsRubbishIsLetGo() throws Exception {
    try (var door = TestDoor.open(root); var socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      socket.setSoTimeout((int) Waits.LIMIT.toMillis());
      var in = socket.getInputStream();
      byte[] lines = "NOOP\r\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
      Thread writer = Thread.ofVirtual().start(() -> {
        try {
          socket.getOutputStream().write(lines);
          socket.getOutputStream().write(new byte[]{(byte) 0xFF, (byte) 0xFE, '\r', '\n'});
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      });

      String answers = new String(in.readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answers.lines().filter(line -> line.startsWith("530 "))).hasSize(20_000);
      assertThat(answers.lines().toList().getLast()).startsWith("501 ");
      writer.join();
      assertThat(TestDoor.store(door.camera("front"), "a.jpg", PICTURE)).isTrue();
    }
  }

  @Test
  void whatIsNotOfferedIsSaidSo() throws IOException {
    try (var door = TestDoor.open(root)) {
      FTPClient front = door.camera("front");
      for (String command : new String[]{"SITE CHMOD 777 a.jpg", "STOU", "MFMT 20200101000000 a.jpg", "STAT", "HELP",
        "LANG de", "REIN", "MD5 a.jpg"}) {
        assertThat(front.sendCommand(command)).as(command).isEqualTo(502);
      }
      assertThat(front.sendCommand("MODE Z")).isEqualTo(504);
      assertThat(front.sendCommand("AUTH TLS")).isEqualTo(431);
      assertThat(front.sendCommand("FEAT")).isEqualTo(211);
      assertThat(front.getReplyString()).doesNotContain("REST", "MODE", "AUTH");
    }
  }

  @Test
  void aDoorThatIsOffIsFine() throws IOException {
    try (var door = new TestDoorOff(root)) {
      assertThat(door.door.status().detail()).isEqualTo("off");
      assertThat(root).isEmptyDirectory();
    }
  }

  @Test
  void closingEndsEverySessionSoon() throws IOException {
    var door = TestDoor.open(root);
    FTPClient front = door.camera("front");
    var data = front.storeFileStream("clip.mp4");
    data.write(new byte[1000]);
    data.flush();
    await().until(() -> !door.incoming().isEmpty());

    assertTimeoutPreemptively(Waits.LIMIT, door.door()::close);

    await().until(() -> door.incoming().isEmpty());
    assertThat(door.files()).isEmpty();
    assertThat(door.door().status().detail()).contains("not listen");
    door.close();
  }

  /** A door without a port. */
  private static final class TestDoorOff implements AutoCloseable {
    private final FtpDoor door;

    TestDoorOff(Path root) throws IOException {
      FtpConfig on = TestDoor.config();
      var off = new FtpConfig(null, on.host(), on.passivePorts(), null, false, on.maxFileSize(), on.maxUploadSize(),
          on.maxUnfinished(), on.maxRate(), on.maxSessions(), on.idle(), null, null, null, false);
      door = new FtpDoor(off, InetAddress.getLoopbackAddress(), root, new MemoryFtpAccounts(),
          new io.micrometer.core.instrument.simple.SimpleMeterRegistry(), java.time.Clock.systemUTC(),
          System::nanoTime, new java.security.SecureRandom(), _ -> true, _ -> {});
      door.start();
    }

    @Override
    public void close() {
      door.close();
    }
  }
}
