package dev.porchlight.detection;

import dev.porchlight.detection.Look.Ended;
import dev.porchlight.detection.Look.Seen;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.metrics.InferenceRate;
import dev.porchlight.store.FrameLedger;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/** One look at one frame: from the file to the objects in it, or to why there are none to be had. Thread-safe. */
final class FrameLook {
  private static final int DEATHS = 2;
  /** Cameras upload twice when an answer is lost, and tools copy a folder anew: the same bytes so soon are the same scene. */
  private static final Duration REPEAT = Duration.ofMinutes(5);

  private final FrameLedger ledger;
  private final PictureMemory memory;
  private final PictureReader reader;
  private final Detector detector;
  private final InFlight inFlight;
  private final InferenceRate rate;
  private final CameraRules rules;

  FrameLook(FrameLedger ledger, PictureMemory memory, Detector detector, InFlight inFlight, InferenceRate rate,
      CameraRules rules) {
    this.ledger = ledger;
    this.memory = memory;
    this.reader = new PictureReader(memory);
    this.detector = detector;
    this.inFlight = inFlight;
    this.rate = rate;
    this.rules = rules;
  }

  /**
   * Looks once.
   *
   * @throws IOException       when the file is there and cannot be read
   * @throws DetectorException when the detector failed
   */
  Look at(Frame frame) throws IOException, InterruptedException {
    if (frame.tries() >= DEATHS) {
      return new Ended(FrameState.SET_ASIDE, "the server died twice while looking at it", "set_aside");
    }
    if (rules.isGone(frame.cameraId())) {
      return new Ended(FrameState.VANISHED, "its camera was deleted before its turn", "deleted");
    }
    try {
      return look(frame);
    } catch (NoSuchFileException _) {
      return new Ended(FrameState.VANISHED, "it was gone before its turn", "vanished");
    } catch (PictureException e) {
      return new Ended(FrameState.REJECTED, String.valueOf(e.getMessage()), e.reason().tag());
    }
  }

  private Look look(Frame frame) throws IOException, InterruptedException {
    Picture decoded;
    try (var bytes = PictureBytes.read(frame.path(), memory)) {
      if (bytes.bytes().length != frame.size() || !bytes.sha256().equals(frame.sha256())) {
        return new Ended(FrameState.VANISHED, "it was overwritten before its turn", "vanished");
      }
      if (frame.source() == FrameSource.FOLDER && ledger.decodedSince(frame, frame.arrivedAt().minus(REPEAT))) {
        return new Ended(FrameState.DUPLICATE, "the same picture came a moment ago", "duplicate");
      }
      try (var _ = inFlight.mark(frame.id())) {
        decoded = reader.decode(bytes, detector.sight());
      }
    }
    try (Picture picture = decoded; var _ = inFlight.mark(frame.id())) {
      var objects = detector.detect(picture);
      rate.count();
      return new Seen(rules.kept(frame.cameraId(), objects, picture.width(), picture.height()));
    }
  }
}
