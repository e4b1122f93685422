package dev.porchlight.bench;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.http.HttpConfig;
import dev.porchlight.http.Routes;
import dev.porchlight.http.WebServer;
import dev.porchlight.http.WebSocketEndpoint;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.EventBroadcaster;
import dev.porchlight.live.SystemBroadcaster;
import dev.porchlight.metrics.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The server's real HTTP and channels with nothing behind them: a history in memory alone, no limit of connections, and
 * a WebSocket {@code /pub} whose every text message is broadcast on {@code /ws/events} as it is. Thread-safe.
 */
public final class FanoutServer implements AutoCloseable {
  private static final int CANNOT_BE_PARSED = 2;
  private static final int UNLIMITED = 1_000_000;
  private static final String HOST = "127.0.0.1";

  private final Metrics metrics = new Metrics();
  private final WebServer web;

  private FanoutServer(int port) throws IOException {
    MeterRegistry meters = metrics.registry();
    var events = new EventBroadcaster(new Channel("events", ChannelLimits.DEFAULT, SlowRule.CLOSE, System::nanoTime,
        new ChannelMeters("events", meters)));
    var system = new SystemBroadcaster(new Channel("system", ChannelLimits.DEFAULT, SlowRule.LATEST, System::nanoTime,
        new ChannelMeters("system", meters)));
    web = new WebServer(new HttpConfig(HOST, port, UNLIMITED, UNLIMITED), InetAddress.ofLiteral(HOST), Map.of(
        "/ws/events", new WebSocketEndpoint(events::connect, events::disconnect),
        "/ws/system", new WebSocketEndpoint(system::connect, system::disconnect)), meters);
  }

  /**
   * Serves until SIGINT or SIGTERM, then exits with 0; with 1 when it cannot listen, with 2 when the command line cannot
   * be parsed.
   */
  public static void main(String[] args) {
    try {
      start(List.of(args), System.out);
    } catch (UsageException e) {
      System.err.println("porchlight: " + e.getMessage() + " (./porchlight help shows what there is)");
      System.exit(CANNOT_BE_PARSED);
    } catch (IOException e) {
      System.err.println("porchlight: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void start(List<String> arguments, PrintStream out) throws IOException {
    int port = new Arguments(arguments, Set.of("--port"), Set.of()).number("--port", 0, 0, 65_535);
    var server = new FanoutServer(port);
    int actual;
    try {
      actual = server.web.listen(new Routes());
    } catch (IOException e) {
      server.close();
      throw e;
    }
    // The Java machine would exit with 143: only halting in the hook says otherwise.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
      server.close();
      Runtime.getRuntime().halt(0);
    }));
    out.println("listening on http://" + HOST + ":" + actual + " (" + server.web.transport() + ")");
  }

  @Override
  public void close() {
    web.close();
    metrics.close();
  }
}
