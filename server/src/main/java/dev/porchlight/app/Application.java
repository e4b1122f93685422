package dev.porchlight.app;

import dev.porchlight.api.Api;
import dev.porchlight.batch.BatchAggregator;
import dev.porchlight.camera.CameraMonitor;
import dev.porchlight.detection.DetectionStage;
import dev.porchlight.detection.Detector;
import dev.porchlight.detection.DetectorException;
import dev.porchlight.detection.Detectors;
import dev.porchlight.detection.InFlight;
import dev.porchlight.detection.OnnxRuntimeLibrary;
import dev.porchlight.detection.PictureMemory;
import dev.porchlight.detection.PictureReader;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.gpu.GpuMonitor;
import dev.porchlight.http.NettyMemory;
import dev.porchlight.http.Response;
import dev.porchlight.http.Routes;
import dev.porchlight.http.WebServer;
import dev.porchlight.http.WebSocketEndpoint;
import dev.porchlight.ingest.FolderIngest;
import dev.porchlight.ingest.Uploads;
import dev.porchlight.live.EventBroadcaster;
import dev.porchlight.live.LiveChannels;
import dev.porchlight.live.Messages;
import dev.porchlight.live.SystemBroadcaster;
import dev.porchlight.metrics.InferenceRate;
import dev.porchlight.metrics.Metrics;
import dev.porchlight.pipeline.FrameQueue;
import dev.porchlight.pipeline.StageRunner;
import dev.porchlight.risk.NemotronAnalyzer;
import dev.porchlight.store.StoreException;
import dev.porchlight.store.jdbc.DataFolder;
import dev.porchlight.store.jdbc.JdbcBatchStore;
import dev.porchlight.store.jdbc.JdbcCameraStore;
import dev.porchlight.store.jdbc.JdbcDetectionStore;
import dev.porchlight.store.jdbc.JdbcEventStore;
import dev.porchlight.store.jdbc.JdbcFrameLedger;
import dev.porchlight.store.jdbc.JdbcGpuStatsStore;
import dev.porchlight.store.jdbc.JdbcJournal;
import dev.porchlight.store.jdbc.SqliteDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: everything that there is, built in one place and in order. It is closed in reverse: first nothing new comes
 * in, then what is under way is finished, then the clients are told, and the store is last.
 */
public final class Application implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Application.class);
  private static final int PLACES_PER_CAMERA = 64;

  private final Lifecycle lifecycle;
  private final LiveChannels live;
  private final WebServer web;
  private final int port;

  private Application(Lifecycle lifecycle, Configuration config, Clock clock, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    this.lifecycle = lifecycle;
    InetAddress address = BindAddress.of(config.http().host());

    DataFolder folder = lifecycle.add("data folder", DataFolder.open(config.data()));
    SqliteDatabase database = lifecycle.add("database", SqliteDatabase.open(folder, clock));
    var journal = new JdbcJournal(database, new Messages());
    var ledger = new JdbcFrameLedger(database, journal);
    var batchStore = new JdbcBatchStore(database);
    var cameraStore = new JdbcCameraStore(database);
    var eventStore = new JdbcEventStore(database, journal);
    var detectionStore = new JdbcDetectionStore(database);
    Metrics metrics = lifecycle.add("metrics", new Metrics());
    MeterRegistry meters = metrics.registry();

    var random = new SecureRandom();
    live = lifecycle.add("channels", new LiveChannels(config.live(), config.http().compressionLevel(), journal,
        new NettyMemory(), clock, nanoTime, random, meters));
    for (Camera camera : cameraStore.all()) {
      live.system().remember(new CameraStatus(camera.id(), camera.status(), camera.lastSeenAt()));
    }
    web = lifecycle.add("web server", new WebServer(config.http(), address,
        Map.of("/ws/events", WebSocketEndpoint.of(live.eventFeed()),
            "/ws/system", WebSocketEndpoint.of(live.systemFeed())),
        Map.of("/api/stream/events", live.eventFeed(), "/api/stream/system", live.systemFeed()), meters));

    CameraMonitor cameras = lifecycle.add("camera monitor",
        new CameraMonitor(config.camera(), cameraStore, clock, nanoTime, live.system()::broadcastCameraStatus));
    NemotronAnalyzer analyzer = lifecycle.add("analyst",
        new NemotronAnalyzer(config.risk(), batchStore, eventStore, clock, live.events()::broadcastNewEvent));
    BatchAggregator batches = lifecycle.add("batches", new BatchAggregator(config.batch(), ledger, batchStore, nanoTime,
        live.events()::broadcastDetection, analyzer::batchClosed));
    var queue = new FrameQueue(PLACES_PER_CAMERA, batches::expect);

    OnnxRuntimeLibrary.prepare(folder.path().resolve("native"));
    Detector detector = lifecycle.add("detector", Detectors.open(config.detection()));
    InFlight inFlight = InFlight.open(folder.path().resolve("in-flight"), config.detection().workers());
    var rate = new InferenceRate(nanoTime);
    var memory = new PictureMemory();
    new PictureReader(memory).warmUp();
    DetectionStage detection = lifecycle.add("detection",
        new DetectionStage(ledger, detector, memory, inFlight, rate, meters, batches));
    StageRunner workers = lifecycle.add("detection workers",
        new StageRunner("detect", config.detection().workers(), queue, (_, task) -> detection.look(task)));
    GpuMonitor gpu = lifecycle.add("GPU monitor", new GpuMonitor(config.gpu(), new JdbcGpuStatsStore(database), clock,
        nanoTime, rate::perSecond, live.system()::broadcastGpuStats));

    Heartbeat heartbeat = lifecycle.add("heartbeat", Heartbeat.open(folder.path().resolve("alive"), clock));
    Recovery recovery = lifecycle.add("recovery", new Recovery(queue));
    FolderIngest ingest = lifecycle.add("folder ingest", new FolderIngest(config.ingest(), queue, ledger, cameraStore,
        meters, clock, nanoTime, frame -> cameras.seen(frame.cameraId(), frame.arrivedAt()), heartbeat.lastAlive()));
    var uploads = new Uploads(config.uploads(), queue, ledger, cameraStore, meters, clock, random,
        frame -> cameras.seen(frame.cameraId(), frame.arrivedAt()));
    uploads.prepare();
    var health = new HealthCheck(database, detector, detection, queue, batches, cameras, analyzer, ingest, web,
        live.events(),
        live.system(),
        gpu);

    live.start();
    ledger.countDeaths(inFlight.leftBehind());
    inFlight.forget();
    batches.start();
    analyzer.start();
    cameras.start();
    workers.start();
    recovery.start(ledger.waiting());
    port = web.listen(routes(
        new Api(cameraStore, detectionStore, eventStore, health::now, Version.text(), uploads::submit), uploads,
        metrics));
    ingest.start();
    heartbeat.start();
    gpu.start();
    log.info("listening on http://{}:{} ({}), data in {}", config.http().host(), port, web.transport(), config.data());
  }

  /**
   * Builds and starts a server.
   *
   * @param nanoTime a monotonic clock in nanoseconds
   * @throws StartException when it may not or cannot start, in a line for people
   */
  static Application start(Configuration config, Clock clock, LongSupplier nanoTime) throws InterruptedException {
    var lifecycle = new Lifecycle();
    try {
      return new Application(lifecycle, config, clock, nanoTime);
    } catch (IOException | UncheckedIOException | StoreException | DetectorException e) {
      lifecycle.close();
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException | RuntimeException e) {
      lifecycle.close();
      throw e;
    }
  }

  private static Routes routes(Api api, Uploads uploads, Metrics metrics) {
    var routes = new Routes();
    api.addTo(routes, uploads.incoming(), Uploads.MOST_BYTES);
    return routes.get("/metrics",
        _ -> new Response(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape(), Map.of()));
  }

  /** Where clients of {@code /ws/events} are told what happens. */
  EventBroadcaster events() {
    return live.events();
  }

  /** Where clients of {@code /ws/system} are told how things are. */
  SystemBroadcaster system() {
    return live.system();
  }

  /** The port that the server listens on. */
  int port() {
    return port;
  }

  @Override
  public void close() {
    log.info("stopping");
    web.stopTaking();
    lifecycle.close();
    log.info("stopped");
  }
}
