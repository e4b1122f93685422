package dev.porchlight.gpu;

import dev.porchlight.config.Settings;
import java.time.Duration;

/**
 * How often the graphics processor is looked at.
 *
 * @param interval between two samples
 * @param keep     how long samples are kept
 * @param command  the program that is asked
 */
public record GpuConfig(Duration interval, Duration keep, String command) {
  /** Reads {@code gpu.interval}, {@code gpu.keep} and {@code gpu.command}. */
  public static GpuConfig read(Settings settings) {
    String command = settings.text("gpu.command", "nvidia-smi");
    return new GpuConfig(
        settings.duration("gpu.interval", Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofHours(1)),
        settings.duration("gpu.keep", Duration.ofDays(7), Duration.ofMinutes(1), Duration.ofDays(3650)),
        command == null ? "nvidia-smi" : command);
  }
}
