package dev.porchlight.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionManagementTest {
  @Test
  void concurrentConnectionsEventBroadcaster() throws InterruptedException {
    BroadcastSetup.eachOfEvents(setup -> {
      List<RecordingConnection> connections = connections(setup, 10);

      atOnce(connections, setup::connect);
      assertThat(setup.connections()).hasSize(10);
      atOnce(connections.subList(0, 5), setup::disconnect);

      assertThat(setup.connections()).hasSize(5).containsAll(connections.subList(5, 10));
      assertThat(setup.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(5);
      assertThat(connections.subList(0, 5)).allMatch(connection -> connection.texts().isEmpty());
      assertThat(connections.subList(5, 10)).allMatch(connection -> connection.texts().size() == 1);
    });
  }

  @Test
  void concurrentConnectionsSystemBroadcaster() throws InterruptedException {
    BroadcastSetup.eachOfSystem(setup -> {
      List<RecordingConnection> connections = connections(setup, 5);

      atOnce(connections, setup::connect);

      assertThat(setup.connections()).hasSize(5);
      assertThat(setup.system().broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(5);
      assertThat(connections).allMatch(connection -> connection.texts().size() == 1);
    });
  }

  @Test
  void gracefulDisconnectOnError() throws InterruptedException {
    BroadcastSetup.each(setup -> {
      BrokenConnection dead = setup.brokenConnection();
      setup.connect(dead);

      assertThat(setup.broadcast()).isEqualTo(setup.stillCounted(1));
      setup.settle();

      assertThat(setup.connections()).isEmpty();
      setup.disconnect(dead);
    });
  }

  private static List<RecordingConnection> connections(BroadcastSetup setup, int count) {
    return Stream.generate(setup::connection).limit(count).toList();
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
