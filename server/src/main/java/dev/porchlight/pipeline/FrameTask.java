package dev.porchlight.pipeline;

import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameOutcome;
import java.util.concurrent.CompletableFuture;

/** A frame on its way, with the promise of how it ends. */
public record FrameTask(Frame frame, CompletableFuture<FrameOutcome> outcome) {
  public FrameTask(Frame frame) {
    this(frame, new CompletableFuture<>());
  }
}
