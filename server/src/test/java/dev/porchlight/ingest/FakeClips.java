package dev.porchlight.ingest;

import dev.porchlight.domain.FileVersion;
import dev.porchlight.pipeline.ClipIntake;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes every video at once, or says of it what a test wants; remembers what it was given. */
final class FakeClips implements ClipIntake {
  final List<String> read = new CopyOnWriteArrayList<>();
  private final Set<FileVersion> ended = ConcurrentHashMap.newKeySet();
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private volatile Reading unrested = new Reading.Ended();
  private volatile Reading rested = new Reading.Ended();

  /** From now on this is said of each: first while it may still be written, then when it has rested. */
  void say(Reading first, Reading later) {
    unrested = first;
    rested = later;
  }

  /** A server before this one has begun to read the file of this name. */
  void begunBefore(String name) {
    begun.add(name);
  }

  @Override
  public Set<FileVersion> ended(String cameraId, Collection<FileVersion> files) {
    var found = new HashSet<>(files);
    found.retainAll(ended);
    return found;
  }

  @Override
  public boolean isBegun(String cameraId, FileVersion file) {
    return begun.contains(file.path().getFileName().toString());
  }

  @Override
  public Reading read(String cameraId, FileVersion file, boolean hasRested) {
    Reading said = hasRested ? rested : unrested;
    read.add(cameraId + "/" + file.path().getFileName());
    if (said instanceof Reading.Ended) {
      ended.add(file);
    }
    return said;
  }
}
