package dev.porchlight.live;

import dev.porchlight.engine.SlowRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionManagementTest {
  private final EventBroadcaster events = new EventBroadcaster(Examples.channel(SlowRule.CLOSE));
  private final SystemBroadcaster system = new SystemBroadcaster(Examples.channel(SlowRule.LATEST));

  @Test
  void concurrentConnectionsEventBroadcaster() throws InterruptedException {
    List<RecordingConnection> connections = connections(10);

    atOnce(connections, events::connect);
    assertThat(events.connections()).hasSize(10);
    atOnce(connections.subList(0, 5), events::disconnect);

    assertThat(events.connections()).hasSize(5).containsAll(connections.subList(5, 10));
    assertThat(events.broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(5);
  }

  @Test
  void concurrentConnectionsSystemBroadcaster() throws InterruptedException {
    List<RecordingConnection> connections = connections(5);

    atOnce(connections, system::connect);

    assertThat(system.connections()).hasSize(5);
    assertThat(system.broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(5);
  }

  @Test
  void gracefulDisconnectOnError() {
    var dead = new BrokenConnection();
    events.connect(dead);

    assertThat(events.broadcastNewEvent(Examples.NEW_EVENT)).isZero();

    assertThat(events.connections()).isEmpty();
    events.disconnect(dead);
  }

  private static List<RecordingConnection> connections(int count) {
    return Stream.generate(RecordingConnection::new).limit(count).toList();
  }

  /** Does something with each connection, each from its own thread, all at the same moment. */
  private static void atOnce(List<RecordingConnection> connections, Consumer<RecordingConnection> action)
      throws InterruptedException {
    var go = new CountDownLatch(1);
    var threads = new ArrayList<Thread>();
    for (RecordingConnection connection : connections) {
      threads.add(Thread.ofVirtual().start(() -> {
        try {
          go.await();
          action.accept(connection);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
