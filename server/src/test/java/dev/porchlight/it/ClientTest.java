package dev.porchlight.it;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClientTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws TimeoutException {
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void aMessageThatIsNotAsPromisedFailsWhoeverAsksForIt() throws TimeoutException {
    Client client = Client.open(serverThatSends("{\"type\":\"new_event\",\"data\":{}}"), "/ws/events");

    assertThatThrownBy(client::nextText).isInstanceOf(AssertionError.class)
        .hasMessageContaining("/ws/events (PLAIN)")
        .hasMessageContaining("'risk_score' not found")
        .hasMessageContaining("{\"type\":\"new_event\",\"data\":{}}");
    assertThatThrownBy(client::close).isInstanceOf(AssertionError.class);
  }

  @Test
  void aMessageThatNobodyAsksForFailsTheClose() throws TimeoutException {
    Client client = Client.open(serverThatSends("nonsense"), "/ws/system?types=gpu_stats&protocol=v1");
    client.closeCode();

    assertThatThrownBy(client::close).hasMessageContaining("/ws/system (V1)").hasMessageContaining("not JSON");
  }

  private int serverThatSends(String text) throws TimeoutException {
    return vertx.createHttpServer()
        .webSocketHandler(socket -> socket.writeTextMessage(text).onComplete(_ -> socket.close()))
        .listen(0, "127.0.0.1")
        .map(HttpServer::actualPort)
        .await(30, TimeUnit.SECONDS);
  }
}
