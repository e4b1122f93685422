package dev.porchlight.app;

import dev.porchlight.batch.BatchAggregator;
import dev.porchlight.camera.CameraMonitor;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.WireTime;
import dev.porchlight.ftp.FtpDoor;
import dev.porchlight.ingest.FolderIngest;
import dev.porchlight.ingest.Uploads;
import dev.porchlight.pipeline.FrameQueue;
import dev.porchlight.video.Clips;
import dev.porchlight.video.Streams;
import dev.porchlight.video.VideoTools;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The doors by which pictures come in: folders, with the video files in them, streams, HTTP and FTP. */
record Doors(VideoTools video, Clips clips, FolderIngest folders, Streams streams, Uploads uploads, FtpDoor ftp) {
  /**
   * Builds them; none is open yet.
   *
   * @param lastAlive until when the server before this one was alive; null when there was none
   */
  static Doors build(Lifecycle lifecycle, Configuration config, Stores stores, FrameQueue queue, CameraMonitor cameras,
      BatchAggregator batches, MeterRegistry meters, Clock clock, LongSupplier nanoTime, SecureRandom random,
      @Nullable Instant lastAlive) throws IOException {
    InetAddress ftpAddress = BindAddress.ofFtp(config.ftp().host());
    Consumer<Frame> arrived = frame -> cameras.seen(frame.cameraId(), frame.arrivedAt());
    VideoTools video = lifecycle.add("video", new VideoTools(config.video(), nanoTime));
    Clips clips = lifecycle.add("clips", new Clips(video, stores.clips(), stores.ledger(), stores.cameras(), queue,
        cameras::seen, batches::passed, meters, clock));
    FolderIngest folders = lifecycle.add("folder ingest", new FolderIngest(config.ingest(), queue, clips,
        stores.ledger(), stores.cameras(), meters, clock, nanoTime, arrived, lastAlive));
    Streams streams = lifecycle.add("streams", new Streams(video, stores.ledger(), queue::offer, cameras::seen,
        batches::passed, meters, clock, nanoTime, random));
    var uploads = new Uploads(config.uploads(), queue, stores.ledger(), stores.cameras(), stores.disk(), meters, clock,
        random, arrived);
    FtpDoor ftp = lifecycle.add("FTP", new FtpDoor(config.ftp(), ftpAddress, config.ingest().root(),
        stores.ftpAccounts(), meters, clock, nanoTime, random,
        cameraId -> stores.cameras().find(cameraId).map(camera -> camera.settings().enabled()).orElse(true),
        cameraId -> cameras.seen(cameraId, WireTime.truncate(clock.instant()))));
    return new Doors(video, clips, folders, streams, uploads, ftp);
  }

  /** Opens all but that of HTTP, which is the web server's. */
  void open(Stores stores, Clock clock) throws IOException {
    clips.start();
    folders.start();
    streams.start(stores.cameras().all());
    video.sweep(stores.ledger(), clips::isUnderWay, clock.instant());
    ftp.start();
  }
}
