package dev.porchlight.engine;

/** Where the blocks of a channel come from. */
public interface Memory {
  /** Memory of the Java machine, freed when the collector finds that nobody holds it. */
  Memory DIRECT = DirectBlock::new;

  /** Makes a block of {@code capacity} bytes, with one hold. */
  Block allocate(int capacity);
}
