package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Area;
import dev.porchlight.domain.Area.Point;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The areas of a camera as the table holds them: {@code [[[0.1,0.2],[0.3,0.2],[0.3,0.9]],…]}. */
final class AreasText {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AreasText() {}

  static String of(List<Area> areas) {
    var polygons = areas.stream().map(area -> area.points().stream().map(AreasText::pair).toList()).toList();
    return JSON.writeValueAsString(polygons);
  }

  static List<Area> parse(String text) {
    var areas = new ArrayList<Area>();
    for (JsonNode polygon : JSON.readTree(text)) {
      var points = new ArrayList<Point>();
      for (JsonNode point : polygon) {
        points.add(new Point(point.path(0).asDouble(), point.path(1).asDouble()));
      }
      areas.add(new Area(points));
    }
    return areas;
  }

  private static List<Double> pair(Point point) {
    return List.of(point.x(), point.y());
  }
}
