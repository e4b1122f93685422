package dev.porchlight.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Programs that answer as ffmpeg does, in folders of a path. */
class FfmpegFinderTest {
  private final AtomicLong now = new AtomicLong();

  @TempDir
  private Path folder;

  @Test
  void theOneThatIsNamedComesFirstThenThePath() throws Exception {
    Path named = program("named/ffmpeg", "echo ffmpeg version n7.1-2 Copyright");
    Path onPath = program("bin/ffmpeg", "echo ffmpeg version 5.1.9-0+deb12u1 Copyright");

    assertThat(finder(named).get().version()).isEqualTo("n7.1-2");
    assertThat(finder(null).get().program()).isEqualTo(onPath);
    assertThat(finder(null).get().version()).isEqualTo("5.1.9-0+deb12u1");
  }

  @Test
  void aBuildFromTheMiddleOfDevelopmentIsNewEnough() throws Exception {
    program("bin/ffmpeg", "echo ffmpeg version N-109463-g1a2b3c4 Copyright");

    assertThat(finder(null).get().version()).isEqualTo("N-109463-g1a2b3c4");
  }

  @Test
  void oneThatIsTooOldOrDoesNotRunIsRefusedWithWhatToDo() throws IOException {
    program("bin/ffmpeg", "echo ffmpeg version 4.4.2-0ubuntu0 Copyright");
    refused(finder(null), "4.4.2", "5.1 or newer");
    program("bin/ffmpeg", "echo 'ffmpeg: error while loading shared libraries: libxcb.so.1' >&2; exit 127");
    refused(finder(null), "libxcb.so.1", "apt install ffmpeg");
    refused(finder(folder.resolve("nowhere")), "nowhere", "video.ffmpeg");
  }

  @Test
  void whereThereIsNoneItIsSaidAndLookedForAgainAfterAMinute() throws Exception {
    FfmpegFinder finder = finder(null);
    assertThat(finder.trouble()).as("nobody has needed it").isEmpty();
    refused(finder, "apt install ffmpeg");
    program("bin/ffmpeg", "echo ffmpeg version 6.0 Copyright");

    refused(finder, "apt install ffmpeg");
    now.addAndGet(Duration.ofMinutes(1).toNanos());

    assertThat(finder.get().version()).isEqualTo("6.0");
    assertThat(finder.trouble()).isEmpty();
  }

  @Test
  void oneThatSomebodyHasPutIntoTheDataFolderIsUnpackedAndUsed() throws Exception {
    Path jar = Files.createDirectories(folder.resolve("data/native")).resolve("ffmpeg-7.1.1-1.5.12-linux-x86_64.jar");
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      add(zip, "org/bytedeco/ffmpeg/linux-x86_64/libavutil.so.59", "library");
      add(zip, "org/bytedeco/ffmpeg/linux-x86_64/libjniavutil.so", "for Java");
      add(zip, "org/bytedeco/ffmpeg/linux-x86_64/ffmpeg",
          "#!/bin/sh\n[ -f \"$LD_LIBRARY_PATH/libavutil.so.59\" ] && echo ffmpeg version 7.1.1 Copyright\n");
      add(zip, "org/bytedeco/ffmpeg/linux-x86_64/../../../../escaped", "nothing lands elsewhere");
    }

    Ffmpeg found = finder(null).get();

    assertThat(found.version()).isEqualTo("7.1.1");
    assertThat(found.program().resolveSibling("libjniavutil.so")).doesNotExist();
    assertThat(folder.resolve("escaped")).doesNotExist();
  }

  private static void add(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(UTF_8));
    zip.closeEntry();
  }

  private Path program(String name, String script) throws IOException {
    Path program = folder.resolve(name);
    Files.createDirectories(folder.resolve(name).resolveSibling("."));
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private FfmpegFinder finder(@Nullable Path named) {
    var config = new VideoConfig(named, 1920, Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 0,
        folder.resolve("data"));
    return new FfmpegFinder(config, "/nowhere:" + folder.resolve("bin"), now::get);
  }

  private static void refused(FfmpegFinder finder, String... parts) {
    assertThatExceptionOfType(VideoException.class).isThrownBy(finder::get)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    assertThat(finder.trouble()).isPresent();
  }
}
