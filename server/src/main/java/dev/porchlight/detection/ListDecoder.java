package dev.porchlight.detection;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the answer of a model that has chosen its boxes itself: corners, score and number of the class of each. Immutable.
 */
final class ListDecoder implements BoxDecoder {
  private final List<String> outputs;
  private final Form form;
  private final InputSize unit;
  private final Labels labels;
  private final float threshold;

  /**
   * Reads a form.
   *
   * @param outputs one with rows of x1, y1, x2, y2, score, class; or boxes, scores and classes apart, in this order
   * @param unit    what the whole input measures in the numbers of a box: its pixels, or 1
   */
  ListDecoder(List<String> outputs, Form form, InputSize unit, Labels labels, double threshold) {
    this.outputs = List.copyOf(outputs);
    this.form = form;
    this.unit = unit;
    this.labels = labels;
    this.threshold = (float) threshold;
  }

  @Override
  public List<String> outputs() {
    return outputs;
  }

  @Override
  public List<Candidate> decode(List<FloatBuffer> outputs) {
    boolean isApart = outputs.size() > 1;
    FloatBuffer boxes = outputs.getFirst();
    FloatBuffer scores = isApart ? outputs.get(1) : boxes;
    FloatBuffer classes = isApart ? outputs.get(2) : boxes;
    int step = isApart ? 4 : 6;
    var candidates = new ArrayList<Candidate>();
    for (int i = 0; i < boxes.limit() / step; i++) {
      float score = scores.get(isApart ? i : step * i + 4);
      Labels.Type type = labels.type(Math.round(classes.get(isApart ? i : step * i + 5)));
      if (score >= threshold && type != null) {
        int x = step * i + (form == Form.ROWS_FIRST ? 1 : 0);
        int y = step * i + (form == Form.ROWS_FIRST ? 0 : 1);
        candidates.add(new Candidate(type.name(), type.group(), score, boxes.get(x) / unit.width(),
            boxes.get(y) / unit.height(), boxes.get(x + 2) / unit.width(), boxes.get(y + 2) / unit.height()));
      }
    }
    return candidates;
  }

  /** In which order the corners of a box stand. */
  enum Form {
    /** x1, y1, x2, y2. */
    COLUMNS_FIRST,
    /** y1, x1, y2, x2, as TensorFlow has it. */
    ROWS_FIRST
  }
}
