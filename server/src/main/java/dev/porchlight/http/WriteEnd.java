package dev.porchlight.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;

/**
 * Hears of the end of each write of a connection. It never becomes done, so that one serves for all writes: a promise for
 * each costs 52 bytes, and the void promise tells nobody but by two events through the pipeline.
 */
final class WriteEnd extends DefaultChannelPromise {
  private final Runnable written;

  /** Tells {@code written}, on the event loop. */
  WriteEnd(Channel channel, Runnable written) {
    super(channel);
    this.written = written;
  }

  @Override
  public boolean setUncancellable() {
    return true;
  }

  @Override
  public boolean trySuccess() {
    written.run();
    return true;
  }

  @Override
  public boolean trySuccess(Void result) {
    return trySuccess();
  }

  @Override
  public ChannelPromise setSuccess() {
    written.run();
    return this;
  }

  @Override
  public ChannelPromise setSuccess(Void result) {
    return setSuccess();
  }

  /** The connection ends with a write that fails, and is heard of by that. */
  @Override
  public boolean tryFailure(Throwable cause) {
    written.run();
    return true;
  }

  @Override
  public ChannelPromise setFailure(Throwable cause) {
    written.run();
    return this;
  }
}
