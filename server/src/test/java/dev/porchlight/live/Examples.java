package dev.porchlight.live;

import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.GpuStats;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.WireTime;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelConfig;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Numbering;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.http.NettyMemory;
import java.time.Instant;

/** The examples of the first description. Their times have no zone, so they are UTC. */
public final class Examples {
  public static final Instant NOON = WireTime.parse("2025-12-23T12:00:00");
  public static final NewEvent NEW_EVENT = new NewEvent(1, "cam-123", 75, RiskLevel.HIGH,
      "Person detected at front door", "Analysis text...", NOON, WireTime.parse("2025-12-23T12:01:30"));
  public static final Detection DETECTION = new Detection(1, "cam-123", "person", 0.95, NOON, 100, 150, 200, 400);
  public static final GpuStats GPU_STATS = new GpuStats(75.5, 12345678900L, 25769803776L, 72.0, 30.5, NOON);
  public static final CameraStatus CAMERA_STATUS = new CameraStatus("cam-123", CameraState.ONLINE, NOON);

  private Examples() {}

  /** A channel that numbers by itself. */
  public static Channel channel(SlowRule rule) {
    return new Channel("test", new ChannelConfig(ChannelLimits.DEFAULT, rule, 6), new Numbering("e1", 0),
        new NettyMemory(),
        System::nanoTime, EngineListener.NONE);
  }
}
