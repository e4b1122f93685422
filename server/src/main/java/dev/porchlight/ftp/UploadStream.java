package dev.porchlight.ftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes what a camera sends into a file, not faster and not more than it may. Confined to one thread. */
final class UploadStream extends OutputStream {
  private final StagedFile file;
  private final long limit;
  private final RateLimit rate;
  private final Transfer transfer;
  /** Said again by each further call: the library flushes what it has after a failure, and would hide the first. */
  private @Nullable RefusedException failure;

  UploadStream(StagedFile file, long limit, RateLimit rate, Transfer transfer) {
    this.file = file;
    this.limit = limit;
    this.rate = rate;
    this.transfer = transfer;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[]{(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      if (file.size() + length > limit) {
        throw new RefusedException(552, Reason.TOO_LARGE,
            "It has more than " + limit + " bytes, which is more than is taken; nothing was kept.");
      }
      file.write(bytes, offset, length);
    } catch (RefusedException e) {
      failure = e;
      throw e;
    }
    pause(rate.pay(length));
  }

  private void pause(long nanos) throws IOException {
    if (nanos > 0 && !transfer.isVoid()) {
      try {
        Thread.sleep(Duration.ofNanos(nanos));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopping");
      }
    }
  }
}
