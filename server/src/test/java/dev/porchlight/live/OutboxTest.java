package dev.porchlight.live;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.SlowRule;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is stored is sent once, in the order in which it was stored, whoever says so and whatever fails meanwhile. */
class OutboxTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final MemoryJournal journal = new MemoryJournal();
  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final EventBroadcaster events = new EventBroadcaster(channel, journal);
  private final RecordingConnection connection = new RecordingConnection();

  @BeforeEach
  void connect() {
    var _ = events.connect(connection);
  }

  @Test
  void theOrderIsThatOfTheJournalWhoeverCallsFirst() {
    for (long id = 1; id <= 3; id++) {
      journal.store(detection(id));
    }

    assertThat(events.broadcastDetection(detection(3))).isEqualTo(1);
    assertThat(ids()).containsExactly(1L, 2L, 3L);
    assertThat(events.broadcastDetection(detection(1))).isEqualTo(1);
    assertThat(events.broadcastDetection(detection(2))).isEqualTo(1);
    assertThat(ids()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void theCountIsThatOfTheInstantWhenItWasAppended() {
    journal.store(detection(1));
    journal.store(detection(2));
    assertThat(events.broadcastDetection(detection(2))).isEqualTo(1);

    var _ = events.connect(new RecordingConnection());

    assertThat(events.broadcastDetection(detection(1))).isEqualTo(1);
  }

  /**
   * Seen to fail, in one run of a few, when a message is not looked for once more after the journal had nothing left: somebody
   * else had appended it in between, it was taken for unwritten, and was sent twice.
   */
  @RepeatedTest(5)
  void eachMessageIsSentOnceHoweverManyThreadsStoreAndBroadcast() throws Exception {
    int threads = 8;
    int each = 500;
    var go = new CountDownLatch(1);
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var done = new ArrayList<Future<Integer>>();
      for (int thread = 0; thread < threads; thread++) {
        long from = (long) thread * each;
        done.add(pool.submit(() -> {
          go.await();
          int reached = 0;
          for (long id = from + 1; id <= from + each; id++) {
            journal.store(detection(id));
            reached += events.broadcastDetection(detection(id));
          }
          return reached;
        }));
      }
      go.countDown();
      for (Future<Integer> reached : done) {
        assertThat(reached.get()).isEqualTo(each);
      }
    }

    List<Long> stored = journal.read(0, threads * each + 1).stream().map(entry -> entry.id()).toList();
    assertThat(stored).hasSize(threads * each);
    assertThat(ids()).isEqualTo(stored);
  }

  /** Seen to fail when what has been appended since it was read is expected all the same. */
  @Test
  void whatOneThreadHasSentIsNotExpectedByAnotherThatReadItBefore() {
    journal.store(detection(1));
    journal.setAfterRead(() -> assertThat(events.broadcastDetection(detection(1))).isEqualTo(1));
    events.catchUp();

    assertThat(events.broadcastDetection(detection(1))).isEqualTo(1);

    assertThat(ids()).containsExactly(1L, 1L);
  }

  @Test
  void whatIsFarBehindOthersIsNotTakenForUnwritten() {
    for (long id = 1; id <= 1_000; id++) {
      journal.store(detection(id));
    }

    assertThat(events.broadcastDetection(detection(1_000))).isEqualTo(1);

    assertThat(journal.head()).isEqualTo(1_000);
    assertThat(ids()).isEqualTo(LongStream.rangeClosed(1, 1_000).boxed().toList());
  }

  @Test
  void whatItsStoreDidNotWriteIsWrittenFirst() {
    journal.store(detection(1));

    assertThat(events.broadcastDetection(detection(7))).isEqualTo(1);

    assertThat(ids()).containsExactly(1L, 7L);
    assertThat(journal.read(1, 1).getFirst().id()).isEqualTo(7);
  }

  @Test
  void whileTheStoreFailsNobodyIsToldAndNothingIsThrownAndLaterNothingIsMissing() {
    journal.store(detection(1));
    journal.setBroken(true);
    assertThat(events.broadcastDetection(detection(1))).isZero();
    journal.store(detection(2));
    assertThat(events.broadcastDetection(detection(2))).isZero();
    events.catchUp();
    assertThat(ids()).isEmpty();

    journal.setBroken(false);
    events.catchUp();

    assertThat(ids()).containsExactly(1L, 2L);
    journal.store(detection(3));
    assertThat(events.broadcastDetection(detection(3))).isEqualTo(1);
    assertThat(ids()).containsExactly(1L, 2L, 3L);
  }

  /** Its caller may have failed, or have been stopped, between the commit and the call. */
  @Test
  void whatIsStoredAndNobodySendsIsSentByTheUpkeep() {
    journal.store(detection(1));

    events.catchUp();
    assertThat(ids()).containsExactly(1L);

    assertThat(events.broadcastDetection(detection(1))).isEqualTo(1);
    assertThat(ids()).containsExactly(1L);
  }

  /** Seen to fail when the journal forgets by age and count alone: then the channel never gets over the gap. */
  @Test
  void whatIsStoredWhileTheJournalIsPrunedIsStillSent() {
    journal.setBeforePrune(() -> {
      for (long id = 4; id <= 6; id++) {
        journal.store(detection(id));
      }
      journal.setBeforePrune(() -> {});
    });
    for (long id = 1; id <= 3; id++) {
      journal.store(detection(id));
    }
    var config = new LiveConfig(ChannelLimits.DEFAULT, ChannelLimits.DEFAULT, Duration.ofHours(24), 1);
    try (var upkeep = new Upkeep(List.of(channel), events, journal, config, Clock.systemUTC())) {
      upkeep.start();
      await().until(() -> journal.head() == 6);
      await().until(() -> channel.last() == 6);
    }
    assertThat(ids()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(events.broadcastDetection(detection(6))).isEqualTo(1);
  }

  @Test
  void twoUpdatesOfOneEventAreTwoMessages() {
    var update = new EventUpdate(Examples.NEW_EVENT, true, null);

    // The connection is plain, and is told nothing of them.
    journal.store(update);
    assertThat(events.broadcastEventUpdated(update)).isZero();
    assertThat(channel.last()).isEqualTo(1);
    journal.store(update);
    assertThat(events.broadcastEventUpdated(update)).isZero();

    assertThat(channel.last()).isEqualTo(2);
    assertThat(ids()).isEmpty();
  }

  private static Detection detection(long id) {
    return new Detection(id, "cam-1", "person", 0.5, Examples.NOON, 1, 2, 3, 4);
  }

  private List<Long> ids() {
    return connection.texts().stream().map(text -> JSON.readTree(text).get("data").get("id").longValue()).toList();
  }
}
