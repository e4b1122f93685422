package dev.porchlight.detection;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.porchlight.domain.DetectedObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a detector elsewhere look, by HTTP. A request that fails is repeated a few times; after several failures in a row
 * nothing is asked for a while, so that a detector that comes up is not met by a flood. All that is then a
 * {@link DetectorException}: the pictures wait. Thread-safe.
 */
public final class RemoteDetector implements Detector {
  /** Only pictures that EXIF turns are sent as pixels; what is made of them over there is not ours to know. */
  private static final Sight SIGHT = new Sight(600, true);

  private static final Logger log = LoggerFactory.getLogger(RemoteDetector.class);
  private static final int PAUSES = 16;
  private static final double JITTER = 0.25;

  private final RemoteCall call;
  private final String shown;
  private final double threshold;
  private final CircuitBreaker<List<Candidate>> breaker;
  private final FailsafeExecutor<List<Candidate>> guarded;
  private volatile @Nullable String lastFailure;

  private RemoteDetector(RemoteConfig config, double threshold, Patience patience) {
    this.call = new RemoteCall(config);
    this.shown = config.shown();
    this.threshold = threshold;
    this.breaker = CircuitBreaker.<List<Candidate>>builder()
        .handle(RemoteException.class)
        .withFailureThreshold(patience.failures())
        .withSuccessThreshold(1)
        .withDelay(patience.rest())
        .onOpen(_ -> log.warn("The detector at {} is not asked for {} s: {} failures in a row, the last: {}", shown,
            patience.rest().toSeconds(), patience.failures(), lastFailure))
        .onClose(_ -> log.info("The detector at {} answers again", shown))
        .build();
    RetryPolicy<List<Candidate>> retry = RetryPolicy.<List<Candidate>>builder()
        .handleIf(e -> e instanceof RemoteException failure && failure.isPassing())
        .withMaxRetries(patience.retries())
        .withBackoff(patience.firstPause(), patience.firstPause().multipliedBy(PAUSES))
        .withJitter(JITTER)
        .build();
    this.guarded = Failsafe.with(retry, breaker);
  }

  /** A detector that is asked when there is a picture, and not before. */
  static RemoteDetector open(RemoteConfig config, double threshold) {
    return open(config, threshold, Patience.USUAL);
  }

  static RemoteDetector open(RemoteConfig config, double threshold, Patience patience) {
    return new RemoteDetector(config, threshold, patience);
  }

  @Override
  public List<DetectedObject> detect(Picture picture) {
    PictureUpload upload = PictureUpload.of(picture);
    try {
      List<Candidate> seen = guarded.get(() -> ask(upload));
      return Suppression.best(seen).stream().map(c -> c.in(picture.width(), picture.height())).toList();
    } catch (CircuitBreakerOpenException e) {
      throw new DetectorException(
          "the detector at " + shown + " is not asked for " + breaker.getRemainingDelay().toSeconds()
              + " s more; its last failure: " + lastFailure,
          e);
    } catch (RemoteException e) {
      throw new DetectorException("the detector at " + shown + " failed: " + e.getMessage(), e);
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new DetectorException("interrupted while the detector at " + shown + " was asked", e);
    }
  }

  private List<Candidate> ask(PictureUpload upload) throws InterruptedException {
    try {
      return RemoteAnswer.parse(call.ask(upload), upload.width(), upload.height(), threshold);
    } catch (RemoteException e) {
      lastFailure = e.getMessage();
      throw e;
    }
  }

  @Override
  public Sight sight() {
    return SIGHT;
  }

  @Override
  public String description() {
    return "the detector at " + shown;
  }

  @Override
  public void close() {
    call.close();
  }
}
