package dev.porchlight.video;

import java.nio.file.Path;
import java.util.Map;

/**
 * An ffmpeg that was tried and runs.
 *
 * @param version     as it says it itself
 * @param environment what it needs to find its libraries
 */
record Ffmpeg(Path program, String version, Map<String, String> environment) {
  Ffmpeg {
    environment = Map.copyOf(environment);
  }
}
