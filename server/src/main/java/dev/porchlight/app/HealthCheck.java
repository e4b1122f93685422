package dev.porchlight.app;

import dev.porchlight.batch.BatchAggregator;
import dev.porchlight.camera.CameraMonitor;
import dev.porchlight.detection.DetectionStage;
import dev.porchlight.detection.Detector;
import dev.porchlight.domain.Health;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.gpu.GpuMonitor;
import dev.porchlight.http.WebServer;
import dev.porchlight.ingest.FolderIngest;
import dev.porchlight.live.EventBroadcaster;
import dev.porchlight.live.SystemBroadcaster;
import dev.porchlight.pipeline.FrameQueue;
import dev.porchlight.risk.NemotronAnalyzer;
import dev.porchlight.store.StoreException;
import dev.porchlight.store.jdbc.SqliteDatabase;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Asks every part of the server how it is. */
record HealthCheck(SqliteDatabase database, Detector looking, DetectionStage detection, FrameQueue queue,
    BatchAggregator batches,
    CameraMonitor cameras, NemotronAnalyzer analyzer, FolderIngest ingest, WebServer web, EventBroadcaster events,
    SystemBroadcaster system, GpuMonitor gpu) {

  Health now() {
    var components = new LinkedHashMap<String, Component>();
    components.put("detector", detector());
    components.put("store", store());
    components.put("live", live());
    components.put("ingest", ingest.status());
    components.put("cameras", cameraCensus());
    components.put("analyst", new Component(Status.DEGRADED, analyzer.isHealthy()
        ? "rules judge; no language model is configured"
        : "batches wait to be judged until the store works again"));
    components.put("gpu", new Component(Status.OK, gpu.hasGpu() ? "answers" : "none"));
    return new Health(components);
  }

  private Component detector() {
    Optional<String> trouble = detection.trouble();
    return trouble.map(what -> new Component(Status.DOWN, what))
        .orElseGet(() -> new Component(Status.OK, queue.size() + " pictures waiting; " + looking.description()));
  }

  private Component live() {
    return web.isAlive()
        ? new Component(Status.OK,
            events.connections().size() + " on events, " + system.connections().size() + " on system")
        : new Component(Status.DOWN, "the event loop does not answer");
  }

  private Component store() {
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
