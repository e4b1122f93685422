package dev.porchlight.api;

import dev.porchlight.domain.Area;
import dev.porchlight.domain.Area.Point;
import dev.porchlight.domain.CameraSettings;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Areas as JSON: a list of polygons, each a list of points, each {@code [x, y]} in fractions of the picture. */
final class AreaFields {
  private static final int MOST_POINTS = 64;

  private AreaFields() {}

  static Given<List<Area>> read(BodyFields fields, String name) {
    return fields.read(name, node -> {
      if (!node.isArray() || node.size() > CameraSettings.MOST_AREAS) {
        return fields.wrong(name, "must be a list of at most " + CameraSettings.MOST_AREAS + " polygons");
      }
      var areas = new ArrayList<Area>();
      for (int i = 0; i < node.size(); i++) {
        area(fields, name + "[" + i + "]", node.get(i), areas);
      }
      return Given.as(areas);
    });
  }

  static void write(JsonGenerator json, String name, List<Area> areas) {
    json.writeArrayPropertyStart(name);
    for (Area area : areas) {
      json.writeStartArray();
      for (Point point : area.points()) {
        json.writeArray(new double[]{point.x(), point.y()}, 0, 2);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void area(BodyFields fields, String place, JsonNode polygon, List<Area> areas) {
    if (!polygon.isArray() || polygon.size() < Area.LEAST_POINTS || polygon.size() > MOST_POINTS) {
      fields.mistake(place, "must be a list of " + Area.LEAST_POINTS + " to " + MOST_POINTS + " points");
      return;
    }
    var points = new ArrayList<Point>();
    for (int i = 0; i < polygon.size(); i++) {
      JsonNode point = polygon.get(i);
      if (point.isArray() && point.size() == 2 && isFraction(point.get(0)) && isFraction(point.get(1))) {
        points.add(new Point(point.get(0).doubleValue(), point.get(1).doubleValue()));
      } else {
        fields.mistake(place + "[" + i + "]", "must be [x, y], each a number from 0 to 1");
      }
    }
    if (points.size() == polygon.size()) {
      areas.add(new Area(points));
    }
  }

  private static boolean isFraction(JsonNode node) {
    return node.isNumber() && node.doubleValue() >= 0 && node.doubleValue() <= 1;
  }
}
