package dev.porchlight.app;

import dev.porchlight.api.Api;
import dev.porchlight.api.EventApi;
import dev.porchlight.api.FrameUpload;
import dev.porchlight.api.FtpAccountRoutes;
import dev.porchlight.api.PictureApi;
import dev.porchlight.api.Snapshots;
import dev.porchlight.batch.BatchAggregator;
import dev.porchlight.batch.Visits;
import dev.porchlight.camera.CameraMonitor;
import dev.porchlight.camera.HistoryRemoval;
import dev.porchlight.detection.CameraRules;
import dev.porchlight.detection.DetectionStage;
import dev.porchlight.detection.Detector;
import dev.porchlight.detection.DetectorException;
import dev.porchlight.detection.Detectors;
import dev.porchlight.detection.InFlight;
import dev.porchlight.detection.OnnxRuntimeLibrary;
import dev.porchlight.detection.PictureMemory;
import dev.porchlight.detection.PictureReader;
import dev.porchlight.detection.PictureRenderer;
import dev.porchlight.ftp.FtpDoor;
import dev.porchlight.gpu.GpuMonitor;
import dev.porchlight.http.Load;
import dev.porchlight.http.NettyMemory;
import dev.porchlight.http.Response;
import dev.porchlight.http.Routes;
import dev.porchlight.http.WebServer;
import dev.porchlight.http.WebSocketEndpoint;
import dev.porchlight.ingest.DroppedPictures;
import dev.porchlight.ingest.Uploads;
import dev.porchlight.live.EventBroadcaster;
import dev.porchlight.live.LiveChannels;
import dev.porchlight.live.SystemBroadcaster;
import dev.porchlight.metrics.InferenceRate;
import dev.porchlight.metrics.Metrics;
import dev.porchlight.metrics.Ticker;
import dev.porchlight.pipeline.FrameQueue;
import dev.porchlight.pipeline.QueueMeters;
import dev.porchlight.pipeline.StageRunner;
import dev.porchlight.risk.AnalystStores;
import dev.porchlight.risk.NemotronAnalyzer;
import dev.porchlight.store.StoreException;
import dev.porchlight.store.jdbc.DataFolder;
import dev.porchlight.store.jdbc.SqliteDatabase;
import dev.porchlight.video.SourceProbe;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
  private static final int STREAM_PLACES = 4;

  private final Lifecycle lifecycle;
  private final LiveChannels live;
  private final WebServer web;
  private final Doors doors;
  private final int port;

  private Application(Lifecycle lifecycle, Configuration config, boolean isNewEpochWanted, Clock clock,
      LongSupplier nanoTime) throws IOException, InterruptedException {
    this.lifecycle = lifecycle;
    InetAddress address = BindAddress.of(config.http().host());
    requireRoomFor(config.live().historyBytes(), NettyMemory.most());

    DataFolder folder = lifecycle.add("data folder", DataFolder.open(config.data()));
    SqliteDatabase database = lifecycle.add("database", SqliteDatabase.open(folder, clock));
    var random = new SecureRandom();
    Stores stores = Stores.in(folder, database, isNewEpochWanted, random, config.risk()::levelOf, lifecycle);
    Metrics metrics = lifecycle.add("metrics", new Metrics());
    MeterRegistry meters = metrics.registry();

    live = lifecycle.add("channels", new LiveChannels(config.live(), config.http().compressionLevel(),
        stores.cameras()::statuses, stores.journal(), new NettyMemory(), clock, nanoTime, random, meters));
    web = lifecycle.add("web server", new WebServer(config.http(), address,
        Map.of("/ws/events", WebSocketEndpoint.of(live.eventFeed()),
            "/ws/system", WebSocketEndpoint.of(live.systemFeed())),
        Map.of("/api/stream/events", live.eventFeed(), "/api/stream/system", live.systemFeed()), meters));

    CameraMonitor cameras = lifecycle.add("camera monitor",
        new CameraMonitor(config.camera(), stores.cameras(), clock, nanoTime, meters,
            live.system()::broadcastCameraStatus));
    var memory = new PictureMemory();
    PictureReader.keepNativeCodeBelow(folder.path().resolve("native"));
    new PictureReader(memory).warmUp();
    PictureRenderer renderer = lifecycle.add("picture renderer", new PictureRenderer(memory));
    NemotronAnalyzer analyzer = lifecycle.add("analyst",
        NemotronAnalyzer.create(config.risk(), config.analyst(), config.home(), folder.path().resolve("analyst"),
            new AnalystPictures(stores.detections(), folder.path(), renderer),
            new AnalystStores(stores.batches(), stores.events(), stores.analyses(), stores.cameras(), stores.past()),
            Visits::of, new EventNews(live.events()), clock, nanoTime, meters));
    BatchAggregator batches = lifecycle.add("batches",
        new BatchAggregator(config.batch(), stores.ledger(), stores.batches(), nanoTime,
            live.events()::broadcastDetection, analyzer::batchClosed, analyzer::urgent));
    var dropped = new DroppedPictures(stores.ledger(), meters);
    var queue = new FrameQueue(PLACES_PER_CAMERA, STREAM_PLACES, batches::expect, dropped, nanoTime);
    var queueMeters = new QueueMeters(queue, meters);

    OnnxRuntimeLibrary.prepare(folder.path().resolve("native"));
    Detector detector = lifecycle.add("detector", Detectors.open(config.detection()));
    InFlight inFlight = InFlight.open(folder.path().resolve("in-flight"), config.detection().workers());
    var rate = new InferenceRate(nanoTime);
    DetectionStage detection = lifecycle.add("detection",
        new DetectionStage(stores.ledger(), detector, memory, inFlight, rate,
            new CameraRules(stores.cameras()::settings, meters), meters, batches));
    StageRunner workers = lifecycle.add("detection workers",
        new StageRunner("detect", config.detection().workers(), queue, (_, task) -> detection.look(task)));
    GpuMonitor gpu = lifecycle.add("GPU monitor", new GpuMonitor(config.gpu(), stores.gpuStats(), clock,
        nanoTime, rate::perSecond, live.system()::broadcastGpuStats));

    var heartbeat = Heartbeat.open(folder.path().resolve("alive"), clock);
    Ticker seconds = lifecycle.add("heartbeat", new Ticker("heartbeat"));
    Recovery recovery = lifecycle.add("recovery", new Recovery(queue));
    doors = Doors.build(lifecycle, config, stores, queue, cameras, batches, meters, clock, nanoTime, random,
        heartbeat.lastAlive());
    doors.uploads().prepare();
    HistoryRemoval history = lifecycle.add("history removal", new HistoryRemoval(stores.cameras(),
        List.of(config.uploads().folder(), folder.path().resolve("streams"), folder.path().resolve("clips"))));
    stores.cameras().onChange(camera -> {
      cameras.settingsChanged(camera.id());
      queueMeters.count(camera.id());
      doors.streams().changed(camera);
      doors.folders().scanSoon();
    });
    stores.cameras().onDelete(cameraId -> {
      cameras.deleted(cameraId);
      doors.ftp().cameraDeleted(cameraId);
      doors.streams().removed(cameraId);
      queueMeters.forget(cameraId);
      history.begin(cameraId);
    });
    stores.cameras().all().forEach(camera -> queueMeters.count(camera.id()));
    var health = new HealthCheck(database, detector, detection, workers, queue, dropped, recovery, batches, cameras,
        history, analyzer, doors, web, live, gpu, seconds);

    live.start();
    stores.ledger().countDeaths(inFlight.leftBehind());
    inFlight.forget();
    batches.start();
    analyzer.start();
    cameras.start();
    workers.start();
    recovery.start(stores.ledger().waiting());
    history.start();
    port = web.listen(routes(
        new Api(stores.cameras(), new Snapshots(stores.cameras(), stores.frames(), doors.streams()::latest),
            stores.detections(), health::now, Version.text(), new FrameUpload(doors.uploads()::submit, stores.disk()),
            new SourceProbe(doors.video(), nanoTime)::check, clock::instant),
        new EventApi(stores.events(), stores.analyses(), id -> Visits.of(stores.batches().detections(id)),
            live.events()::broadcastEventUpdated, new AnalysisAccess(analyzer)),
        new PictureApi(stores.detections(), folder.path(), renderer::render),
        new FtpAccountRoutes(stores.cameras(), config.uploads().autoCreate(), new FtpDoorAccess(doors.ftp()), clock),
        doors.uploads(), metrics));
    doors.open(stores, clock);
    seconds.every(Duration.ZERO, Heartbeat.BEAT, heartbeat::beat);
    seconds.every(Heartbeat.BEAT, Heartbeat.BEAT, () -> stores.epoch().note(stores.journal().head()));
    gpu.start();
    log.info("listening on http://{}:{} ({}), data in {}", config.http().host(), port, web.transport(), config.data());
  }

  /**
   * Builds and starts a server.
   *
   * @param isNewEpochWanted true when {@code /ws/events} is to begin a new epoch in any case
   * @param nanoTime         a monotonic clock in nanoseconds
   * @throws StartException when it may not or cannot start, in a line for people
   */
  static Application start(Configuration config, boolean isNewEpochWanted, Clock clock, LongSupplier nanoTime)
      throws InterruptedException {
    var lifecycle = new Lifecycle();
    try {
      return new Application(lifecycle, config, isNewEpochWanted, clock, nanoTime);
    } catch (IOException | UncheckedIOException | StoreException | DetectorException e) {
      lifecycle.close();
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException | RuntimeException e) {
      lifecycle.close();
      throw e;
    }
  }

  /** Twice as much as is remembered: no message spans two stretches of memory, so that half of one may stay empty. */
  static void requireRoomFor(long historyBytes, long most) {
    if (historyBytes > most / 2) {
      throw new StartException("live.events.history-bytes and live.system.history-bytes: " + (historyBytes >> 20)
          + " MiB in all are more than half of the " + (most >> 20)
          + " MiB that there may be outside the heap; remember less, or set -XX:MaxDirectMemorySize in PORCHLIGHT_JAVA_OPTS");
    }
  }

  private static Routes routes(Api api, EventApi events, PictureApi pictures, FtpAccountRoutes ftp, Uploads uploads,
      Metrics metrics) {
    var routes = new Routes();
    ftp.addTo(routes);
    api.addTo(routes, uploads.incoming(), Uploads.MOST_BYTES);
    events.addTo(routes);
    pictures.addTo(routes);
    return routes.get("/metrics", Load.VITAL,
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

  /** The door for FTP. */
  FtpDoor ftp() {
    return doors.ftp();
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
