package dev.porchlight.http;

import dev.porchlight.domain.Sha256;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends parts of files from threads that may wait: for the disk, which must never hold up the event loop, and for the
 * client, of whom no more than one piece is in memory. A client that takes nothing is left to the server's idle limit.
 * Thread-safe.
 */
final class FileTransfers {
  private static final Logger log = LoggerFactory.getLogger(FileTransfers.class);
  private static final int PIECE_BYTES = 64 * 1024;
  /** Files being sent at once: each has a thread that waits, and a piece in memory. */
  static final int MOST = 128;

  private final Executor threads;
  private final Semaphore places = new Semaphore(MOST);

  FileTransfers(Executor threads) {
    this.threads = threads;
  }

  /**
   * Begins to send a part, and ends the response with it; the head must be set, with the length. To be called on the
   * response's event loop. The channel is closed in every case.
   *
   * @return false when there is no place for it, and nothing was sent
   */
  boolean send(Context loop, HttpServerRequest request, Body.Part part) {
    if (!places.tryAcquire()) {
      close(part);
      return false;
    }
    try {
      threads.execute(() -> transfer(loop, request, part));
      return true;
    } catch (RejectedExecutionException _) {
      places.release();
      close(part);
      return false;
    }
  }

  /** Closes what is not to be sent. */
  static void close(Body.Part part) {
    try {
      part.channel().close();
    } catch (IOException e) {
      log.warn("a file that was sent could not be closed: {}", e.toString());
    }
  }

  private void transfer(Context loop, HttpServerRequest request, Body.Part part) {
    HttpServerResponse out = request.response();
    try {
      long end = part.offset() + part.length();
      MessageDigest digest = Sha256.digest();
      for (long at = part.offset(); at < end;) {
        byte[] piece = read(part.channel(), at, (int) Math.min(PIECE_BYTES, end - at));
        at += piece.length;
        if (part.sha256() != null) {
          digest.update(piece);
          requireSame(at == end, digest, part.sha256());
        }
        await(loop, () -> out.write(Buffer.buffer(piece)));
      }
      await(loop, out::end);
    } catch (IOException e) {
      log.debug("{} {} ended half way: {}", request.method(), request.path(), e.toString());
      request.connection().close();
    } catch (InterruptedException _) {
      // The server stops.
      request.connection().close();
    } finally {
      places.release();
      close(part);
    }
  }

  /** Called before the last piece is sent: without it the response is shorter than its length, so clients discard it. */
  private static void requireSame(boolean isLast, MessageDigest digest, String sha256) throws IOException {
    if (isLast && !Sha256.of(digest).equals(sha256)) {
      throw new IOException("the file was written over while it was sent");
    }
  }

  private static void await(Context loop, Supplier<Future<Void>> write) throws IOException, InterruptedException {
    var written = new CompletableFuture<Void>();
    loop.runOnContext(_ -> {
      try {
        write.get().onSuccess(written::complete).onFailure(written::completeExceptionally);
      } catch (IllegalStateException e) {
        // The response is closed already.
        written.completeExceptionally(e);
      }
    });
    try {
      written.get();
    } catch (ExecutionException e) {
      throw new IOException("the client left", e.getCause());
    }
  }

  private static byte[] read(FileChannel channel, long at, int count) throws IOException {
    var piece = ByteBuffer.allocate(count);
    while (piece.hasRemaining()) {
      if (channel.read(piece, at + piece.position()) < 0) {
        throw new EOFException("the file became shorter while it was sent");
      }
    }
    return piece.array();
  }
}
