package dev.porchlight.engine;

import java.util.ArrayList;
import java.util.List;

/** Keeps everything it is sent; the engine calls it one thread at a time. */
final class CollectingSink implements Sink {
  final List<Integer> writes = new ArrayList<>();
  final List<CloseReason> ends = new ArrayList<>();
  private final Loop loop;
  private final boolean isAlwaysReady;
  private final List<String> texts = new ArrayList<>();

  private final Runnable onWrite;

  private CollectingSink(Loop loop, boolean isAlwaysReady, Runnable onWrite) {
    this.loop = loop;
    this.isAlwaysReady = isAlwaysReady;
    this.onWrite = onWrite;
  }

  static CollectingSink ready() {
    return new CollectingSink(Loop.CALLER, true, () -> {});
  }

  static CollectingSink on(Loop loop) {
    return on(loop, () -> {});
  }

  /** One for whose every write something happens. */
  static CollectingSink on(Loop loop, Runnable onWrite) {
    return new CollectingSink(loop, true, onWrite);
  }

  /** One that says it is busy after each write, until it is let go on. */
  static CollectingSink stalled() {
    return new CollectingSink(Loop.CALLER, false, () -> {});
  }

  List<String> texts() {
    return texts;
  }

  @Override
  public boolean write(Block block, int from, int to) {
    onWrite.run();
    List<String> frames = ServerFrames.texts(block, from, to);
    block.release();
    texts.addAll(frames);
    writes.add(frames.size());
    return isAlwaysReady;
  }

  @Override
  public void end(CloseReason reason) {
    ends.add(reason);
  }

  @Override
  public Loop loop() {
    return loop;
  }
}
