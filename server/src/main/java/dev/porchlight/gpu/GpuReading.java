package dev.porchlight.gpu;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code nvidia-smi}; what it does not know is null.
 *
 * @param utilization percent
 * @param memoryUsed  bytes
 * @param memoryTotal bytes
 * @param temperature degrees Celsius
 */
record GpuReading(@Nullable Double utilization, @Nullable Long memoryUsed, @Nullable Long memoryTotal,
    @Nullable Double temperature) {
  /** The fields asked for, in the order of {@link #parse}. */
  static final String QUERY = "utilization.gpu,memory.used,memory.total,temperature.gpu";

  private static final long MIB = 1L << 20;

  /** Reads {@code 37, 1024, 24576, 61}: percent, MiB, MiB, °C; a field such as {@code [N/A]} is not known. */
  static Optional<GpuReading> parse(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != 4) {
      return Optional.empty();
    }
    return Optional.of(new GpuReading(number(fields[0]), bytes(fields[1]), bytes(fields[2]), number(fields[3])));
  }

  private static @Nullable Double number(String field) {
    try {
      double value = Double.parseDouble(field.strip());
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static @Nullable Long bytes(String field) {
    Double mebibytes = number(field);
    return mebibytes == null ? null : Math.round(mebibytes * MIB);
  }
}
