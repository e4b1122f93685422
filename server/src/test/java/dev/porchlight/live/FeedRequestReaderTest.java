package dev.porchlight.live;

import dev.porchlight.live.FeedRequest.Resume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FeedRequestReaderTest {
  private final FeedRequestReader reader = new FeedRequestReader(Set.of("new_event", "detection"));

  @Test
  void whoAsksForNothingGetsEverythingAsItIs() {
    FeedRequest request = reader.webSocket(Map.of(), false);

    assertThat(request.dialect()).isEqualTo(Dialect.PLAIN);
    assertThat(request.filter().isOpen()).isTrue();
    assertThat(request.resume()).isNull();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {"- | true | V1", "protocol=v1 | false | V1",
    "protocol=v1 | true | V1", "- | false | PLAIN"})
  void theDialectIsAskedForInEitherWay(@Nullable String query, boolean offered, Dialect dialect) {
    assertThat(reader.webSocket(query(query), offered).dialect()).isEqualTo(dialect);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {"epoch=e&since=0 | - | e | 0",
    "epoch=e&since=5 | - | e | 5", "- | e:7 | e | 7", "epoch=old&since=1 | e:7 | e | 7", "- | a:b:7 | a:b | 7",
    "epoch=e&since=999999999999999999999999 | - | e | 9223372036854775807",
    "epoch=e&since=9007199254740993 | - | e | 9007199254740993"})
  void whereAClientWasIsReadFromTheAddressOrFromWhatItSaysItself(@Nullable String query, @Nullable String lastEventId,
      String epoch, long since) {
    assertThat(reader.eventStream(query(query), lastEventId).resume()).isEqualTo(new Resume(epoch, since));
    if (lastEventId == null) {
      assertThat(reader.webSocket(query(query), true).resume()).isEqualTo(new Resume(epoch, since));
    }
  }

  @Test
  void aFilterIsReadAsItIsMeant() {
    FeedFilter filter = reader.webSocket(query("types=new_event&camera=a,b,a&min_risk=60"), false).filter();

    assertThat(filter).isEqualTo(new FeedFilter(Set.of("new_event"), Set.of("a", "b"), 60));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"since=5 | epoch", "epoch=&since=5 | epoch", "epoch=e | since",
    "epoch=e&since= | since", "epoch=e&since=-1 | -1", "epoch=e&since=five | five", "epoch=e&since=1.0 | 1.0",
    "epoch=e&since=+1 | +1", "epoch=e&since=٣ | since", "epoch=e&since=1&since=2 | since",
    "epoch=e&epoch=e&since=1 | epoch", "protocol=v2 | v2", "protocol=v1&protocol=v1 | protocol",
    "camera=x y | x y", "types=event_updated | event_updated", "sinse=1 | sinse"})
  void whatMakesNoSenseIsNamed(String query, String named) {
    assertThatThrownBy(() -> reader.webSocket(query(query), true)).isInstanceOf(FeedRequestException.class)
        .hasMessageContaining(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", ":7", "e:", "e:x", "e:-1", "e:1.0", "e 7"})
  void aLastEventIdThatMakesNoSenseIsNamed(String lastEventId) {
    assertThatThrownBy(() -> reader.eventStream(Map.of(), lastEventId)).isInstanceOf(FeedRequestException.class)
        .hasMessageContaining("Last-Event-ID")
        .hasMessageContaining("\"" + lastEventId + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"types=event_updated", "types=new_event,event_updated"})
  void aPlainClientCannotAskForUpdates(String query) {
    var events = new FeedRequestReader(Set.of("new_event", "detection", "event_updated"));

    assertThatThrownBy(() -> events.webSocket(query(query), false)).isInstanceOf(FeedRequestException.class)
        .hasMessageContaining("event_updated")
        .hasMessageContaining("protocol=v1");
    assertThat(events.webSocket(query(query), true).filter().types()).contains("event_updated");
    assertThat(events.webSocket(query(query + "&protocol=v1"), false).filter().types()).contains("event_updated");
    assertThat(events.eventStream(query(query), null).filter().types()).contains("event_updated");
  }

  @Test
  void aPlainClientCannotResume() {
    assertThatThrownBy(() -> reader.webSocket(query("epoch=e&since=1"), false))
        .isInstanceOf(FeedRequestException.class)
        .hasMessageContaining("protocol=v1");
  }

  @Test
  void aStreamHasNoProtocol() {
    assertThatThrownBy(() -> reader.eventStream(query("protocol=v1"), null)).isInstanceOf(FeedRequestException.class)
        .hasMessageContaining("protocol");
  }

  private static Map<String, List<String>> query(@Nullable String text) {
    var query = new LinkedHashMap<String, List<String>>();
    if (text != null) {
      for (String pair : text.split("&", -1)) {
        int equals = pair.indexOf('=');
        query.computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>()).add(pair.substring(equals + 1));
      }
    }
    return query;
  }
}
