package dev.porchlight.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.porchlight.config.Sources.mistakesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoadedSettingsTest {
  @TempDir
  private Path folder;

  @Test
  void takesTheHighestLayerThatSaysSomething() {
    var sources = new Sources(folder);
    assertThat(port(sources.load())).isEqualTo(8000);
    assertThat(port(sources.file("http.port: 8001").load())).isEqualTo(8001);
    assertThat(port(sources.variable("PORCHLIGHT_HTTP_PORT", "8002").load())).isEqualTo(8002);
    assertThat(port(sources.option("--port", "http.port", "8003").load())).isEqualTo(8003);
  }

  @Test
  void takesANamedFileInsteadOfTheOneInTheDataFolder() throws IOException {
    Path named = Files.writeString(folder.resolve("my settings.yaml"), "http.port: 9000\n");

    assertThat(port(new Sources(folder).file("http.port: 8001\nbatch.idel: 3\n").loadWith(named))).isEqualTo(9000);
  }

  @Test
  void findsTheFileInTheDataFolderThatTheOptionOrTheVariableNames() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("porchlight.yaml"), "http.port: 9001\n");
    var sources = new Sources(folder).file("http.port: 8001\n");

    assertThat(port(sources.variable("PORCHLIGHT_DATA_FOLDER", other.toString()).load())).isEqualTo(9001);
    assertThat(port(sources.option("--data", "data.folder", folder.toString()).load())).isEqualTo(8001);
  }

  @Test
  void refusesAFileThatMovesTheFolderItLiesIn() {
    var settings = new Sources(folder).file("data.folder: /elsewhere\n").load();
    settings.path(LoadedSettings.DATA_FOLDER, folder);

    assertThat(mistakesOf(settings, folder))
        .containsExactly("porchlight.yaml:1: data.folder cannot be set by the file in that folder");
  }

  @Test
  void reportsADataFolderThatIsNoPath() {
    var settings = new Sources(folder).option("--data", "data.folder", "a\0b").load();
    settings.path(LoadedSettings.DATA_FOLDER, folder);

    assertThat(mistakesOf(settings, folder)).containsExactly("--data: data.folder must be a path, not \"a\\u0000b\"");
  }

  @ParameterizedTest
  @CsvSource({"batch.idle,PORCHLIGHT_BATCH_IDLE", "camera.offline-after,PORCHLIGHT_CAMERA_OFFLINE_AFTER",
    "live.events.history-bytes,PORCHLIGHT_LIVE_EVENTS_HISTORY_BYTES"})
  void namesAVariableAfterItsKey(String key, String variable) {
    var settings = new Sources(folder).variable(variable, "  7 ").load();

    assertThat(settings.integer(key, 1, 0, 10)).isEqualTo(7);
    settings.check();
  }

  @Test
  void tellsEveryMistakeAtOnceWithItsPlace() {
    var settings = new Sources(folder).file("""
                                            http:
                                              port: 70000
                                            batch:
                                              idel: 30s
                                              idle: soon
                                            home.zone: Middle/Earth
                                            """)
        .variable("PORCHLIGHT_LIVE_HISTORY", "1TiB")
        .variable("PORCHLIGHT_BATCH_IDLEE", "3s")
        .variable("PORCHLIGHT_XYZZY", "1")
        .option("--host", "http.host", " ")
        .load();
    port(settings);
    settings.text("http.host", "127.0.0.1");
    settings.duration("batch.idle", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(10));
    settings.size("live.history", 1 << 24, 1 << 10, 1 << 30);
    settings.zone("home.zone", ZoneId.of("UTC"));
    settings.mistake("batch.idle must be shorter than batch.window");

    assertThat(mistakesOf(settings, folder)).containsExactly(
        "porchlight.yaml:2: http.port must be between 0 and 65535, not \"70000\"",
        "--host: http.host must not be empty: leave it out instead",
        "porchlight.yaml:5: batch.idle must be a duration such as 500ms, 30s, 5m, 24h or 7d, not \"soon\"",
        "PORCHLIGHT_LIVE_HISTORY: live.history must be a size such as 512B, 64KiB, 16MiB or 1GiB, not \"1TiB\"",
        "porchlight.yaml:6: home.zone must be a time zone such as Europe/Berlin, not \"Middle/Earth\"",
        "batch.idle must be shorter than batch.window",
        "porchlight.yaml:4: unknown key batch.idel (did you mean batch.idle?)",
        "PORCHLIGHT_BATCH_IDLEE: unknown variable (did you mean PORCHLIGHT_BATCH_IDLE?)",
        "PORCHLIGHT_XYZZY: unknown variable");
  }

  @Test
  void answersAWrongValueWithTheDefault() {
    assertThat(port(new Sources(folder).file("http.port: many").load())).isEqualTo(8000);
  }

  @Test
  void tellsAMistakeOnceHoweverOftenTheKeyIsRead() {
    var settings = new Sources(folder).file("http.port: many").load();
    port(settings);
    port(settings);

    assertThatThrownBy(settings::check).isInstanceOf(ConfigException.class).message().hasLineCount(1);
  }

  @Test
  void tellsWhichKeysAGroupHasWhenItIsSetLikeAKey() {
    var settings = new Sources(folder).file("http: 8001\n").load();
    port(settings);
    settings.text("http.host", "127.0.0.1");

    assertThat(mistakesOf(settings, folder))
        .containsExactly("porchlight.yaml:1: unknown key http (it is a group of http.host, http.port)");
  }

  @Test
  void leavesVariablesAloneThatAreNoSettings() {
    var sources = new Sources(folder).variable("PATH", "/bin")
        .variable("PORCHLIGHT", "x")
        .variable("porchlight_http_port", "1");
    for (String reserved : List.of("JAVA_OPTS", "JAVA_HOME", "CACHE", "MODEL_TARBALL", "TEST_MEDIA")) {
      sources.variable("PORCHLIGHT_" + reserved, "x");
    }
    sources.variable("PORCHLIGHT_EMPTY", "").variable("PORCHLIGHT_HTTP_PORT", " ");
    var settings = sources.load();

    assertThat(port(settings)).isEqualTo(8000);
    settings.check();
  }

  @Test
  void leavesTheAddressesAloneThatKubernetesSets() {
    var settings = new Sources(folder).variable("PORCHLIGHT_SERVICE_HOST", "10.0.0.1")
        .variable("PORCHLIGHT_SERVICE_PORT", "8000")
        .variable("PORCHLIGHT_SERVICE_PORT_HTTP", "8000")
        .variable("PORCHLIGHT_PORT", "tcp://10.0.0.1:8000")
        .variable("PORCHLIGHT_PORT_8000_TCP_ADDR", "10.0.0.1")
        .load();
    settings.check();

    var slip = new Sources(folder).variable("PORCHLIGHT_PORT", "8000").load();
    port(slip);
    assertThat(mistakesOf(slip, folder))
        .containsExactly("PORCHLIGHT_PORT: unknown variable (did you mean PORCHLIGHT_HTTP_PORT?)");
  }

  @Test
  void showsWhatIsInForceInOrderAndWhereItComesFrom() {
    var settings = new Sources(folder).file("batch.idle: 45s\nhttp.port: 8001\n")
        .variable("PORCHLIGHT_HTTP_PORT", "8002")
        .option("--host", "http.host", "0.0.0.0")
        .load();
    port(settings);
    settings.text("http.host", "127.0.0.1");
    settings.text("analyst.url", null);
    settings.duration("batch.idle", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(10));
    settings.size("live.history", 1 << 24, 1 << 10, 1 << 30);

    assertThat(settings.inForce()).containsExactly(
        new SettingInForce("analyst.url", null, Source.DEFAULT, "default"),
        new SettingInForce("batch.idle", "45s", Source.FILE, folder + "/porchlight.yaml:1"),
        new SettingInForce("http.host", "0.0.0.0", Source.COMMAND_LINE, "--host"),
        new SettingInForce("http.port", "8002", Source.ENVIRONMENT, "PORCHLIGHT_HTTP_PORT"),
        new SettingInForce("live.history", "16MiB", Source.DEFAULT, "default"));
    assertThat(settings.describe().replace(folder + "/", ""))
        .isEqualTo("""
                   analyst.url:  # (not set)
                   batch.idle: 45s  # porchlight.yaml:1
                   http.host: 0.0.0.0  # command line: --host
                   http.port: 8002  # environment: PORCHLIGHT_HTTP_PORT
                   live.history: 16MiB  # default
                   """);
  }

  @Test
  void showsNoSecretAnywhere() {
    var settings = new Sources(folder).file("mail.password: hunter2\nmail.token: ''\n").load();

    assertThat(settings.secret("mail.password")).isEqualTo("hunter2");
    assertThat(settings.secret("mail.token")).isNull();
    assertThat(settings.secret("mail.key")).isNull();
    assertThat(settings.describe()).doesNotContain("hunter2")
        .contains("mail.password: \"***\"  # ")
        .contains("mail.key:  # (not set)");
    assertThat(mistakesOf(settings, folder))
        .containsExactly("porchlight.yaml:2: mail.token must not be empty: leave it out instead");
  }

  @ParameterizedTest
  @CsvSource({"plain", "my cameras/haustür", "'C:\\cams: \"x\" # no'", "~", "'null'", "'- a'", "'*a'", "'&a'", "'%x'",
    "'true'",
    "http://127.0.0.1:8080/v1?a=b&c=d#e", "'a:'", "0x10", "'{a: b}'", "'@x'", "'tab\there'", "'two\nlines'", "🏠",
    "'!x'",
    "'a,b'", "2026-01-01", "'| x'", "1_000", "-1"})
  void writesWhatIsInForceSoThatItIsReadBackTheSame(String value) {
    var written = new Sources(folder).option("--x", "some.text", value).load();
    written.text("some.text", null);

    var read = new Sources(folder).file(written.describe()).load();

    assertThat(read.text("some.text", null)).isEqualTo(value);
    read.check();
  }

  private static int port(Settings settings) {
    return settings.integer("http.port", 8000, 0, 65_535);
  }
}
