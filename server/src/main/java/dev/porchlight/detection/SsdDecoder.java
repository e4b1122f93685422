package dev.porchlight.detection;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Turns an SSD's raw output into candidates. Immutable. */
final class SsdDecoder implements BoxDecoder {
  /** The box coder of the TensorFlow Object Detection API scales centres by 10 and sizes by 5. */
  private static final float CENTRE_SCALE = 10;
  private static final float SIZE_SCALE = 5;

  private final SsdAnchors anchors = new SsdAnchors();
  private final Labels labels;
  private final int[] watched;
  private final float logitThreshold;

  /**
   * Decodes with a threshold.
   *
   * @param labels    of COCO's 91 numbers
   * @param threshold the least score that counts, between 0 and 1, both excluded
   */
  SsdDecoder(Labels labels, double threshold) {
    this.labels = labels;
    this.watched = labels.watched();
    // The sigmoid grows with its argument: comparing before it saves 25,000 exponentials for each picture.
    this.logitThreshold = (float) Math.log(threshold / (1 - threshold));
  }

  @Override
  public List<String> outputs() {
    return List.of(SsdFamily.OFFSETS, SsdFamily.LOGITS);
  }

  @Override
  public List<Candidate> decode(List<FloatBuffer> outputs) {
    return decode(outputs.get(0), outputs.get(1));
  }

  /**
   * The candidates of the classes that matter, not yet suppressed.
   *
   * @param offsets [1917, 4]: y, x, height, width, relative to the anchors
   * @param logits  [1917, 91]: of each class of COCO
   */
  List<Candidate> decode(FloatBuffer offsets, FloatBuffer logits) {
    var candidates = new ArrayList<Candidate>();
    for (int anchor = 0; anchor < SsdAnchors.COUNT; anchor++) {
      for (int number : watched) {
        float logit = logits.get(anchor * CocoLabels.COUNT + number);
        if (logit >= logitThreshold) {
          candidates.add(candidate(anchor, labels.watched(number), logit, offsets));
        }
      }
    }
    return candidates;
  }

  private Candidate candidate(int anchor, Labels.Type type, float logit, FloatBuffer offsets) {
    int at = 4 * anchor;
    float centreY = offsets.get(at) / CENTRE_SCALE * anchors.height(anchor) + anchors.centreY(anchor);
    float centreX = offsets.get(at + 1) / CENTRE_SCALE * anchors.width(anchor) + anchors.centreX(anchor);
    float halfHeight = (float) Math.exp(offsets.get(at + 2) / SIZE_SCALE) * anchors.height(anchor) / 2;
    float halfWidth = (float) Math.exp(offsets.get(at + 3) / SIZE_SCALE) * anchors.width(anchor) / 2;
    float score = (float) (1 / (1 + Math.exp(-logit)));
    return new Candidate(type.name(), type.group(), score, centreX - halfWidth, centreY - halfHeight,
        centreX + halfWidth, centreY + halfHeight);
  }
}
