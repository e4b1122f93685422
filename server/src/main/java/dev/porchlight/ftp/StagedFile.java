package dev.porchlight.ftp;

import dev.porchlight.store.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload while it is not in its place: closing it deletes the file, unless it was moved away. Written by one thread;
 * closed by any.
 */
final class StagedFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StagedFile.class);
  private static final long BETWEEN_LOOKS_AT_ROOM = 1L << 20;

  private final Staging staging;
  private final Path path;
  private final FileChannel channel;
  private final AtomicLong bytesOfCamera;
  private final AtomicBoolean closed = new AtomicBoolean();
  private long size;
  private long lookedAtRoom;

  StagedFile(Staging staging, Path path, FileChannel channel, AtomicLong bytesOfCamera) {
    this.staging = staging;
    this.path = path;
    this.channel = channel;
    this.bytesOfCamera = bytesOfCamera;
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /** Writes behind what is there. */
  void write(byte[] bytes, int offset, int length) throws RefusedException {
    staging.requireQuota(bytesOfCamera.addAndGet(length));
    size += length;
    if (size - lookedAtRoom >= BETWEEN_LOOKS_AT_ROOM) {
      lookedAtRoom = size;
      staging.requireRoom();
    }
    try {
      var buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  /** Returns when every byte is on disk. */
  void force() throws RefusedException {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    bytesOfCamera.addAndGet(-size);
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("{} could not be deleted: {}", path, e.toString());
    }
  }

  static RefusedException refusal(IOException e) {
    return DiskFullException.isSaidBy(e)
        ? Staging.full()
        : new RefusedException(451, Reason.DISK_FAILED, "The server could not keep it; its log says why.", e);
  }
}
