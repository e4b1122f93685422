package dev.porchlight.batch;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows the objects of a batch from frame to frame, so that one person on forty pictures is one visit. Frame by frame the
 * best pair of a track and a detection is joined, then the next best, and what is left begins a track of its own. (An
 * assignment that is best as a whole differs from that only when objects of one kind all but cover each other, and then
 * nobody can tell them apart by their boxes.)
 */
public final class Visits {
  private Visits() {}

  /** The objects among detections of one camera, by the time they were first seen. */
  public static List<Visit> of(List<Detection> detections) {
    var frames = new TreeMap<Instant, List<Detection>>();
    for (Detection detection : detections) {
      frames.computeIfAbsent(detection.detectedAt(), _ -> new ArrayList<>()).add(detection);
    }
    var tracks = new ArrayList<Track>();
    List<Track> alive = new ArrayList<>();
    for (Map.Entry<Instant, List<Detection>> frame : frames.entrySet()) {
      alive.removeIf(track -> track.isLost(frame.getKey()));
      for (Detection left : joined(alive, frame.getValue())) {
        var begun = new Track(left);
        tracks.add(begun);
        alive.add(begun);
      }
    }
    return tracks.stream().map(Track::visit).toList();
  }

  /** Joins what belongs together; returns the detections that belong to no track. */
  private static List<Detection> joined(List<Track> tracks, List<Detection> frame) {
    var pairs = new ArrayList<Pair>();
    for (Track track : tracks) {
      for (Detection detection : frame) {
        double fit = track.fit(detection);
        if (fit > 0) {
          pairs.add(new Pair(track, detection, fit));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::fit).reversed());
    Set<Track> taken = new HashSet<>();
    Set<Detection> left = new LinkedHashSet<>(frame);
    for (Pair pair : pairs) {
      if (left.contains(pair.detection) && taken.add(pair.track)) {
        left.remove(pair.detection);
        pair.track.add(pair.detection);
      }
    }
    return List.copyOf(left);
  }

  private record Pair(Track track, Detection detection, double fit) {}
}
