package dev.porchlight.detection;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns boxes that a model has decoded itself into candidates: for each box centre x, centre y, width and height, perhaps
 * how sure it is that there is an object, and how sure of each class. Immutable.
 */
final class YoloDecoder implements BoxDecoder {
  private static final int BOX = 4;

  private final String output;
  private final Form form;
  private final InputSize unit;
  private final Labels labels;
  private final int[] watched;
  private final float threshold;

  /**
   * Decodes a form.
   *
   * @param unit what the whole input measures in the numbers of a box: its pixels, or 1
   */
  YoloDecoder(String output, Form form, InputSize unit, Labels labels, double threshold) {
    this.output = output;
    this.form = form;
    this.unit = unit;
    this.labels = labels;
    this.watched = labels.watched();
    this.threshold = (float) threshold;
  }

  @Override
  public List<String> outputs() {
    return List.of(output);
  }

  @Override
  public List<Candidate> decode(List<FloatBuffer> outputs) {
    FloatBuffer values = outputs.getFirst();
    var candidates = new ArrayList<Candidate>();
    int columns = form.columns(labels.count());
    int boxes = values.limit() / columns;
    int boxStep = form.isTransposed() ? 1 : columns;
    int valueStep = form.isTransposed() ? boxes : 1;
    for (int box = 0; box < boxes; box++) {
      int at = box * boxStep;
      float object = form.hasObjectness() ? values.get(at + BOX * valueStep) : 1;
      if (object >= threshold) {
        box(values, at, valueStep, object, candidates);
      }
    }
    return candidates;
  }

  private void box(FloatBuffer values, int at, int step, float object, List<Candidate> candidates) {
    int classes = at + (form.hasObjectness() ? BOX + 1 : BOX) * step;
    for (int number : watched) {
      float score = object * values.get(classes + number * step);
      if (score >= threshold) {
        Labels.Type type = labels.watched(number);
        float x = values.get(at);
        float y = values.get(at + step);
        float halfWidth = values.get(at + 2 * step) / 2;
        float halfHeight = values.get(at + 3 * step) / 2;
        candidates.add(new Candidate(type.name(), type.group(), score, (x - halfWidth) / unit.width(),
            (y - halfHeight) / unit.height(), (x + halfWidth) / unit.width(), (y + halfHeight) / unit.height()));
      }
    }
  }

  /**
   * How the numbers lie.
   *
   * @param isTransposed  all first numbers of the boxes, then all second ones (YOLOv8), or box by box (YOLOv5)
   * @param hasObjectness whether there is a number for any object at all, with which those of the classes are multiplied
   */
  record Form(boolean isTransposed, boolean hasObjectness) {
    int columns(int classes) {
      return classes + (hasObjectness ? BOX + 1 : BOX);
    }
  }
}
