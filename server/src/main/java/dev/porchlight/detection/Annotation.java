package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.ObjectGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws what was found into a picture: a frame around each object, and a label that is always whole and, where there is
 * room, covers no other. Widths and letters grow with the picture. Confined to one thread.
 */
final class Annotation {
  private static final int DARK = 0x101418;
  private static final int LIGHT = 0xFFFFFF;
  private static final double SHADE = 0.55;
  /** How strongly the other objects of a frame are drawn. */
  private static final double FAINT = 0.75;
  private static final double SMALLER = 0.8;

  private final Canvas canvas;
  private final double scale;
  private final double cell;
  private final int band;

  /**
   * Draws on a picture.
   *
   * @param scale pixels of the canvas for each pixel of the source
   */
  Annotation(Canvas canvas, double scale) {
    int shorter = Math.min(canvas.width(), canvas.height());
    this.canvas = canvas;
    this.scale = scale;
    // Letters of 11 pixels at 320x240, 19 at 768x576, 30 at 1080p, 38 at 1440p.
    this.cell = Math.max(1, (0.022 * shorter + 6) / StrokeFont.CAPITAL_CELLS);
    this.band = Math.max(1, (int) Math.round(shorter / 220.0));
  }

  /** Draws {@code object}, and {@code others} lighter and below it. */
  void draw(DetectedObject object, List<DetectedObject> others) {
    var placed = new ArrayList<Label>();
    Label label = place(object, 1, placed);
    placed.add(label);
    // What is asked for stays in sight: no other label is put on it where there is room elsewhere.
    Box own = scaled(object.box());
    placed.add(new Label("", 1, own.x(), own.y(), own.width(), own.height()));
    var otherLabels = new ArrayList<Label>();
    for (DetectedObject other : others) {
      Label place = place(other, SMALLER, placed);
      placed.add(place);
      otherLabels.add(place);
      frame(other, Math.max(1, band / 2), FAINT);
    }
    for (int i = 0; i < others.size(); i++) {
      otherLabels.get(i).draw(canvas, colour(others.get(i)), FAINT);
    }
    frame(object, band, 1);
    label.draw(canvas, colour(object), 1);
  }

  private void frame(DetectedObject object, int width, double opacity) {
    Box box = scaled(object.box());
    // A dark line on both sides: the colour may be that of what is behind it.
    int edge = Math.max(1, width / 3);
    canvas.frame(box.x(), box.y(), box.width(), box.height(), width + 2 * edge, DARK, SHADE * opacity);
    canvas.frame(box.x() + edge, box.y() + edge, box.width() - 2 * edge, box.height() - 2 * edge, width,
        colour(object), opacity);
  }

  private Label place(DetectedObject object, double size, List<Label> placed) {
    String text = object.objectType() + " " + Math.round(object.confidence() * 100) + "%";
    return Label.place(text, cell * size, scaled(object.box()), canvas.width(), canvas.height(), placed);
  }

  private Box scaled(Box box) {
    int left = Math.clamp(Math.round(box.x() * scale), 0, canvas.width() - 1);
    int top = Math.clamp(Math.round(box.y() * scale), 0, canvas.height() - 1);
    int right = Math.clamp(Math.round((box.x() + (double) box.width()) * scale), left + 1, canvas.width());
    int bottom = Math.clamp(Math.round((box.y() + (double) box.height()) * scale), top + 1, canvas.height());
    return new Box(left, top, right - left, bottom - top);
  }

  private static int colour(DetectedObject object) {
    return ObjectGroup.of(object.objectType()).map(group -> switch (group) {
      case PERSON -> 0xFF9A3C;
      case VEHICLE -> 0x4DB8FF;
      case ANIMAL -> 0x7BD957;
    }).orElse(0xE8E8E8);
  }

  /** What can be read on a colour: dark on light ones, light on dark ones (weights of ITU-R BT.709). */
  static int contrast(int colour) {
    double brightness = 0.2126 * (colour >> 16 & 0xFF) + 0.7152 * (colour >> 8 & 0xFF) + 0.0722 * (colour & 0xFF);
    return brightness > 120 ? DARK : LIGHT;
  }
}
