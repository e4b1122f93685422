package dev.porchlight.bench;

import dev.porchlight.domain.GpuStats;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.http.HttpConfig;
import dev.porchlight.http.NettyMemory;
import dev.porchlight.http.Reply;
import dev.porchlight.http.Response;
import dev.porchlight.http.Routes;
import dev.porchlight.http.WebServer;
import dev.porchlight.http.WebSocketEndpoint;
import dev.porchlight.live.LiveChannels;
import dev.porchlight.live.LiveConfig;
import dev.porchlight.metrics.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The server's real HTTP and channels with nothing behind them: a history in memory alone, no limit of connections, and
 * a WebSocket {@code /pub} whose every text message is broadcast on {@code /ws/events} as it is, and another, {@code /pub/system}, whose
 * every text message is a number that is broadcast on {@code /ws/system} as the memory used. Thread-safe.
 */
public final class FanoutServer implements AutoCloseable {
  private static final int CANNOT_BE_PARSED = 2;
  private static final int COMPRESSION_LEVEL = 6;
  private static final LiveConfig CHANNELS = new LiveConfig(ChannelLimits.DEFAULT, ChannelLimits.DEFAULT,
      Duration.ofHours(24), 100_000);
  private static final int UNLIMITED = 1_000_000;
  private static final String HOST = "127.0.0.1";

  private final Metrics metrics = new Metrics();
  private final LiveChannels live;
  private final WebServer web;
  private final int port;

  /**
   * Starts a server.
   *
   * @param port      0 for any free one
   * @param transport as {@code http.transport}
   * @throws IOException when the port cannot be had
   */
  FanoutServer(int port, String transport) throws IOException {
    MeterRegistry meters = metrics.registry();
    live = new LiveChannels(CHANNELS, COMPRESSION_LEVEL, List::of, null, new NettyMemory(), Clock.systemUTC(),
        System::nanoTime,
        new SecureRandom(), meters);
    web = new WebServer(new HttpConfig(HOST, port, UNLIMITED, UNLIMITED, COMPRESSION_LEVEL, transport),
        InetAddress.ofLiteral(HOST),
        Map.of("/ws/events", WebSocketEndpoint.of(live.eventFeed()), "/ws/system",
            WebSocketEndpoint.of(live.systemFeed()),
            "/pub", WebSocketEndpoint.of(this::broadcast, WebSocketEndpoint.USUAL_MESSAGE_LIMIT), "/pub/system",
            WebSocketEndpoint.of(this::broadcastOnSystem, WebSocketEndpoint.USUAL_MESSAGE_LIMIT)),
        Map.of("/api/stream/events", live.eventFeed(), "/api/stream/system", live.systemFeed()), meters);
    try {
      live.start();
      this.port = web.listen(
          new Routes().get("/metrics",
              _ -> new Response(200, "text/plain; version=0.0.4", metrics.scrape(), Map.of())));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void broadcast(Reply reply, boolean isText, byte[] payload) {
    if (isText) {
      int _ = live.eventChannel().publish(PublishedMessage.of(payload));
    }
  }

  private void broadcastOnSystem(Reply reply, boolean isText, byte[] payload) {
    if (isText) {
      long number = Long.parseLong(new String(payload, StandardCharsets.US_ASCII));
      int _ = live.system().broadcastGpuStats(new GpuStats(null, number, null, null, null, Instant.now()));
    }
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
    var options = new Arguments(arguments, Set.of("--port", "--transport"), Set.of());
    String transport = options.last("--transport");
    var server = new FanoutServer(options.number("--port", 0, 0, 65_535), transport == null ? "auto" : transport);
    // The Java machine would exit with 143: only halting in the hook says otherwise.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
      server.close();
      Runtime.getRuntime().halt(0);
    }));
    out.println("listening on http://" + HOST + ":" + server.port + " (" + server.web.transport() + ")");
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    web.close();
    live.close();
    metrics.close();
  }
}
