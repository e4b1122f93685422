package dev.porchlight.detection;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the raw output of a detection transformer into candidates: [Q, 4] centre x, centre y, width and height in parts of
 * the picture, and [Q, C] logits. Immutable.
 */
final class DetrDecoder implements BoxDecoder {
  private static final int BOX = 4;

  private final String boxes;
  private final String logits;
  private final int columns;
  private final Scores scores;
  private final Labels labels;
  private final int[] watched;
  private final float threshold;

  /**
   * Decodes two outputs.
   *
   * @param columns the logits of each box; those beyond the labels mean no object
   */
  DetrDecoder(String boxes, String logits, int columns, Scores scores, Labels labels, double threshold) {
    this.boxes = boxes;
    this.logits = logits;
    this.columns = columns;
    this.scores = scores;
    this.labels = labels;
    this.watched = labels.watched();
    this.threshold = (float) threshold;
  }

  @Override
  public List<String> outputs() {
    return List.of(boxes, logits);
  }

  @Override
  public List<Candidate> decode(List<FloatBuffer> outputs) {
    FloatBuffer box = outputs.getFirst();
    FloatBuffer logit = outputs.getLast();
    var candidates = new ArrayList<Candidate>();
    for (int query = 0; query < box.limit() / BOX; query++) {
      int at = query * columns;
      double all = scores == Scores.SHARED ? sum(logit, at, columns) : 0;
      for (int number : watched) {
        double value = logit.get(at + number);
        float score = (float) switch (scores) {
          case APART -> 1 / (1 + Math.exp(-value));
          case SHARED -> Math.exp(value) / all;
        };
        if (score >= threshold) {
          candidates.add(candidate(labels.watched(number), score, box, BOX * query));
        }
      }
    }
    return candidates;
  }

  /** In double precision nothing overflows before logits reach 700. */
  private static double sum(FloatBuffer logits, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += Math.exp(logits.get(i));
    }
    return sum;
  }

  private static Candidate candidate(Labels.Type type, float score, FloatBuffer box, int at) {
    float x = box.get(at);
    float y = box.get(at + 1);
    float halfWidth = box.get(at + 2) / 2;
    float halfHeight = box.get(at + 3) / 2;
    return new Candidate(type.name(), type.group(), score, x - halfWidth, y - halfHeight, x + halfWidth,
        y + halfHeight);
  }

  /** What a logit says. */
  enum Scores {
    /** How sure the model is of this class (sigmoid). */
    APART,
    /** Its share of one certainty among all classes and no object (softmax, Carion et al. 2020). */
    SHARED
  }
}
