package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A sink that says it is busy after each write, until it is let go on. */
final class StalledSink implements Sink {
  final List<ByteBuffer> received = new ArrayList<>();
  final List<Integer> writes = new ArrayList<>();
  final List<CloseReason> ends = new ArrayList<>();

  @Override
  public boolean write(List<ByteBuffer> frames) {
    received.addAll(frames);
    writes.add(frames.size());
    return false;
  }

  @Override
  public void end(CloseReason reason) {
    ends.add(reason);
  }
}
