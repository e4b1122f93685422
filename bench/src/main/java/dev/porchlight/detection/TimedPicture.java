package dev.porchlight.detection;

import dev.porchlight.domain.DetectedObject;
import java.time.Duration;
import java.util.List;

/**
 * What was seen in a picture, and how long each part of looking took.
 *
 * @param sha256    of the file, lower-case hex
 * @param size      bytes of the file
 * @param read      the file and its hash
 * @param decode    to pixels
 * @param resize    into the model's input
 * @param inference ONNX Runtime's session and nothing else
 * @param boxes     of the model's answer, without those that overlap
 */
public record TimedPicture(String sha256, long size, List<DetectedObject> objects, Duration read, Duration decode,
    Duration resize, Duration inference, Duration boxes) {}
