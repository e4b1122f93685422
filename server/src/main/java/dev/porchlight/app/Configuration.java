package dev.porchlight.app;

import dev.porchlight.batch.BatchConfig;
import dev.porchlight.camera.CameraConfig;
import dev.porchlight.config.LoadedSettings;
import dev.porchlight.detection.DetectionConfig;
import dev.porchlight.ftp.FtpConfig;
import dev.porchlight.gpu.GpuConfig;
import dev.porchlight.http.HttpConfig;
import dev.porchlight.ingest.IngestConfig;
import dev.porchlight.ingest.UploadConfig;
import dev.porchlight.live.LiveConfig;
import dev.porchlight.risk.AnalystConfig;
import dev.porchlight.risk.HomeConfig;
import dev.porchlight.risk.RiskConfig;
import dev.porchlight.video.VideoConfig;
import java.nio.file.Path;

/** The configuration records of all features. */
record Configuration(Path data, HttpConfig http, LiveConfig live, IngestConfig ingest,
    UploadConfig uploads, CameraConfig camera,
    FtpConfig ftp, DetectionConfig detection, BatchConfig batch, RiskConfig risk,
    AnalystConfig analyst, HomeConfig home, GpuConfig gpu, VideoConfig video) {
  /**
   * Reads every setting.
   *
   * @param standardData the data folder when nobody says otherwise
   * @throws dev.porchlight.config.ConfigException with all mistakes at once
   */
  static Configuration read(LoadedSettings settings, Path standardData) {
    Path folder = settings.path(LoadedSettings.DATA_FOLDER, standardData);
    Path data = (folder == null ? standardData : folder).toAbsolutePath().normalize();
    HttpConfig http = HttpConfig.read(settings);
    var configuration = new Configuration(data, http, LiveConfig.read(settings),
        IngestConfig.read(settings, data), UploadConfig.read(settings, data), CameraConfig.read(settings),
        FtpConfig.read(settings, http.host()), DetectionConfig.read(settings),
        BatchConfig.read(settings), RiskConfig.read(settings), AnalystConfig.read(settings),
        HomeConfig.read(settings), GpuConfig.read(settings),
        VideoConfig.read(settings, data));
    settings.check();
    return configuration;
  }
}
