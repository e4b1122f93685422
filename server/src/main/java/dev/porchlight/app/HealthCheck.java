package dev.porchlight.app;

import dev.porchlight.batch.BatchAggregator;
import dev.porchlight.camera.CameraMonitor;
import dev.porchlight.camera.HistoryRemoval;
import dev.porchlight.detection.DetectionStage;
import dev.porchlight.detection.Detector;
import dev.porchlight.domain.Health;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.gpu.GpuMonitor;
import dev.porchlight.http.WebServer;
import dev.porchlight.ingest.DroppedPictures;
import dev.porchlight.live.LiveChannels;
import dev.porchlight.metrics.Ticker;
import dev.porchlight.pipeline.FrameQueue;
import dev.porchlight.pipeline.StageRunner;
import dev.porchlight.risk.NemotronAnalyzer;
import dev.porchlight.store.AnalysisStore.Backlog;
import dev.porchlight.store.StoreException;
import dev.porchlight.store.jdbc.SqliteDatabase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Asks every part of the server how it is. */
record HealthCheck(SqliteDatabase database, Detector looking, DetectionStage detection, StageRunner workers,
    FrameQueue queue, DroppedPictures dropped, Recovery recovery, BatchAggregator batches, CameraMonitor cameras,
    HistoryRemoval history, NemotronAnalyzer analyzer, Doors doors, WebServer web, LiveChannels live, GpuMonitor gpu,
    Ticker seconds) {
  private static final Duration LONG_WAIT = Duration.ofSeconds(30);

  Health now() {
    var components = new LinkedHashMap<String, Component>();
    components.put("detector", detector().orWorse(workers.taskState()));
    components.put("queue", queueState().orWorse(recovery.taskState()));
    components.put("store", store().orWorse(batches.taskState()).orWorse(seconds.state()));
    components.put("live", channels().orWorse(live.taskState()));
    components.put("ingest", doors.folders().status());
    components.put("ftp", doors.ftp().status());
    components.put("video", doors.video().status().orWorse(doors.clips().taskState()));
    components.put("streams", doors.streams().status());
    components.put("cameras", cameraCensus().orWorse(cameras.taskState()).orWorse(history.taskState()));
    components.put("analyst", analyst().orWorse(analyzer.taskState()));
    components.put("gpu", new Component(Status.OK, gpu.hasGpu() ? "answers" : "none").orWorse(gpu.taskState()));
    return new Health(components);
  }

  private Component analyst() {
    if (!analyzer.isHealthy()) {
      return new Component(Status.DEGRADED, "batches wait to be judged until the store works again");
    }
    Optional<String> model = analyzer.model();
    if (model.isEmpty()) {
      return new Component(Status.DEGRADED, "rules judge; no language model is configured");
    }
    Backlog backlog = analyzer.backlog();
    String again = backlog.waiting() + " to be analysed again, " + backlog.setAside() + " set aside";
    return analyzer.isModelReady()
        ? new Component(Status.OK, model.get() + " judges; " + again)
        : new Component(Status.DEGRADED, "rules judge, for " + model.get() + " does not answer; " + again);
  }

  private Component detector() {
    Optional<String> trouble = detection.trouble();
    return trouble.map(what -> new Component(Status.DOWN, what))
        .orElseGet(() -> new Component(Status.OK, queue.size() + " pictures waiting; " + looking.description()));
  }

  /** Pictures that wait for long are a detector that cannot keep up; they are late, not lost. */
  private Component queueState() {
    Duration oldest = queue.oldestAge();
    String detail = queue.size() + " waiting, the oldest for " + oldest.toSeconds() + " s; " + dropped.count()
        + " of streams dropped since the start";
    return new Component(oldest.compareTo(LONG_WAIT) > 0 ? Status.DEGRADED : Status.OK, detail);
  }

  private Component channels() {
    return web.isAlive()
        ? new Component(Status.OK,
            live.events().connections().size() + " on events, " + live.system().connections().size() + " on system")
        : new Component(Status.DOWN, "the event loop does not answer");
  }

  private Component store() {
    if (database.disk().isFull()) {
      return new Component(Status.DOWN, "disk full");
    }
    Optional<String> trouble = database.trouble();
    if (trouble.isPresent()) {
      return new Component(Status.DOWN, trouble.get());
    }
    if (!batches.isHealthy()) {
      return new Component(Status.DOWN, "what is detected cannot be stored; the log says why");
    }
    try {
      cameras.census();
      return new Component(Status.OK, "answers");
    } catch (StoreException e) {
      return new Component(Status.DOWN, String.valueOf(e.getMessage()));
    }
  }

  private Component cameraCensus() {
    try {
      CameraMonitor.Census census = cameras.census();
      String detail = census.online() + " of " + census.known() + " online";
      return new Component(census.silent() > 0 ? Status.DEGRADED : Status.OK, detail);
    } catch (StoreException _) {
      return new Component(Status.DEGRADED, "not known while the store is down");
    }
  }
}
