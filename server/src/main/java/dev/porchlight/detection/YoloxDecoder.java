package dev.porchlight.detection;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns YOLOX's raw output into candidates (Ge et al. 2021, without anchors): [N, 5 + C] for the cells of some grids, finest
 * first, row by row: centre from the cell's corner and, as logarithms, width and height, all in cells; then how sure it is
 * that there is an object, and of each class. Immutable.
 */
final class YoloxDecoder implements BoxDecoder {
  private static final int HEAD = 5;

  private final String output;
  private final Strides strides;
  private final InputSize size;
  private final Labels labels;
  private final int[] watched;
  private final float threshold;

  YoloxDecoder(String output, Strides strides, InputSize size, Labels labels, double threshold) {
    this.output = output;
    this.strides = strides;
    this.size = size;
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
    int at = 0;
    for (int stride : strides.sides()) {
      for (int row = 0; row < size.height() / stride; row++) {
        for (int column = 0; column < size.width() / stride; column++) {
          cell(values, at, stride, row, column, candidates);
          at += HEAD + labels.count();
        }
      }
    }
    return candidates;
  }

  private void cell(FloatBuffer values, int at, int stride, int row, int column, List<Candidate> candidates) {
    float object = values.get(at + 4);
    if (!(object >= threshold)) {
      return;
    }
    for (int number : watched) {
      float score = object * values.get(at + HEAD + number);
      if (score >= threshold) {
        Labels.Type type = labels.watched(number);
        float x = (values.get(at) + column) * stride;
        float y = (values.get(at + 1) + row) * stride;
        float halfWidth = (float) Math.exp(values.get(at + 2)) * stride / 2;
        float halfHeight = (float) Math.exp(values.get(at + 3)) * stride / 2;
        candidates.add(new Candidate(type.name(), type.group(), score, (x - halfWidth) / size.width(),
            (y - halfHeight) / size.height(), (x + halfWidth) / size.width(), (y + halfHeight) / size.height()));
      }
    }
  }
}
