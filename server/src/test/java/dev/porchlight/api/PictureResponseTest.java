package dev.porchlight.api;

import dev.porchlight.domain.Sha256;
import dev.porchlight.http.Load;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Response;
import dev.porchlight.http.RestServer;
import dev.porchlight.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A stored picture that a camera replaces or writes over at the worst moment: when it has been hashed and nothing is sent. */
class PictureResponseTest {
  private static final String PATH = "/picture";
  private static final Instant TAKEN = Instant.parse("2025-12-23T12:00:00.250Z");

  @TempDir
  private Path folder;

  /** Seen to fail when the bytes are not hashed on the way, too. */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 65_536, 300_000})
  void anAnswerFromAFileThatIsWrittenOverIsBrokenOffBeforeItsEnd(int size) throws IOException {
    Path file = picture(size, 1);

    String answer = answer(file, () -> Files.write(file, bytes(size, 2)), "");

    if (!answer.isEmpty()) {
      assertThat(answer).startsWith("HTTP/1.1 200 ").containsIgnoringCase("content-length: " + size);
    }
    assertThat(bodyOf(answer)).hasSizeLessThan(size);
  }

  @Test
  void anAnswerFromAFileThatBecomesShorterIsBrokenOffToo() throws IOException {
    Path file = picture(300_000, 1);

    assertThat(bodyOf(answer(file, () -> Files.write(file, new byte[10]), ""))).hasSizeLessThan(300_000);
  }

  @Test
  void aFileThatIsReplacedIsSentAsItWas() throws IOException {
    Path file = picture(300_000, 1);
    Path other = Files.write(folder.resolve("other.jpg"), bytes(300_000, 2));

    String answer = answer(file, () -> Files.move(other, file, StandardCopyOption.REPLACE_EXISTING), "");

    assertThat(bodyOf(answer)).isEqualTo(new String(bytes(300_000, 1), StandardCharsets.ISO_8859_1));
    assertThat(answer).contains("Last-Modified: Tue, 23 Dec 2025 12:00:00 GMT")
        .containsIgnoringCase("content-type: image/jpeg");
  }

  @Test
  void whoHasItGetsNothingAndWhoHasAnOlderOneGetsIt() throws IOException {
    Path file = picture(1_000, 1);
    String tag = "\"" + Sha256.of(bytes(1_000, 1)) + "\"";

    assertThat(answer(file, () -> {}, "If-None-Match: " + tag + "\r\n")).startsWith("HTTP/1.1 304 ").contains(tag);
    assertThat(answer(file, () -> {}, "If-Modified-Since: Tue, 23 Dec 2025 12:00:00 GMT\r\n"))
        .startsWith("HTTP/1.1 304 ");
    assertThat(answer(file, () -> {}, "If-Modified-Since: Tue, 23 Dec 2025 11:59:59 GMT\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aFileOfOtherBytesIsNone() throws IOException {
    Path file = picture(1_000, 2);

    assertThat(answer(file, () -> {}, "", Sha256.of(bytes(1_000, 1)))).startsWith("HTTP/1.1 410 ");
    assertThat(answer(file, () -> {}, "", Sha256.of(bytes(999, 2)))).startsWith("HTTP/1.1 410 ");
  }

  private Path picture(int size, int seed) throws IOException {
    return Files.write(folder.resolve("picture.jpg"), bytes(size, seed));
  }

  /** What begins as a JPEG does, and is different in each byte for another seed. */
  private static byte[] bytes(int size, int seed) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + seed);
    }
    bytes[0] = (byte) 0xFF;
    bytes[1] = (byte) 0xD8;
    bytes[2] = (byte) 0xFF;
    return bytes;
  }

  private static String answer(Path file, Step afterwards, String headers) throws IOException {
    return answer(file, afterwards, headers, Sha256.of(Files.readAllBytes(file)));
  }

  /** All that the client gets when something happens between the hash and the sending. */
  private static String answer(Path file, Step afterwards, String headers, String sha256) throws IOException {
    long size = Files.size(file);
    var routes = new Routes().get(PATH, Load.PICTURE, request -> {
      Response found = PictureResponse.of(request, file, size, sha256, TAKEN, "no-cache");
      afterwards.run();
      if (found == null) {
        throw new ProblemException(410, "other bytes");
      }
      return found;
    });
    try (var server = RestServer.start(routes);
        var client = server
            .ask("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n")) {
      return new String(client.readToEnd(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Where there is but one piece, its head is kept back with it. */
  private static String bodyOf(String answer) {
    return answer.isEmpty() ? "" : answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  /** What happens to the file. */
  private interface Step {
    void run() throws IOException;
  }
}
