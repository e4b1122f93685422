package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraScene;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.SceneKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of cameras; a deleted one is none. */
final class CameraRows {
  /** Of what {@link #camera} reads, with the number that pages are cut by. */
  static final String COLUMNS = "SELECT number, id, name, source, fps, sensitivity, areas, enabled, offline_after, place,"
      + " scene, normal, status, last_seen_at, created_at FROM cameras WHERE deleted_at IS NULL ";

  private CameraRows() {}

  static boolean exists(Handle handle, String cameraId) {
    return handle.createQuery("SELECT EXISTS (SELECT 1 FROM cameras WHERE id = ? AND deleted_at IS NULL)")
        .bind(0, cameraId)
        .mapTo(Boolean.class)
        .one();
  }

  /** Adds a camera, or takes the place of a deleted one; returns how many rows changed. */
  static int insert(Handle handle, Camera camera) {
    return handle
        .createUpdate("""
                      INSERT INTO cameras (id, name, source, fps, sensitivity, areas, enabled, offline_after, place,
                        scene, normal, status, created_at)
                      VALUES (:id, :name, :source, :fps, :sensitivity, :areas, :enabled, :offlineAfter, :place,
                        :scene, :normal, 'offline', :createdAt)
                      ON CONFLICT (id) DO UPDATE SET name = excluded.name, source = excluded.source,
                        fps = excluded.fps, sensitivity = excluded.sensitivity, areas = excluded.areas,
                        enabled = excluded.enabled, offline_after = excluded.offline_after,
                        place = excluded.place, scene = excluded.scene, normal = excluded.normal, status = 'offline',
                        last_seen_at = NULL, created_at = excluded.created_at, deleted_at = NULL
                      WHERE deleted_at IS NOT NULL AND forgetting = 0""")
        .bind("id", camera.id())
        .bind("createdAt", SqlTime.text(camera.createdAt()))
        .bindMap(values(camera))
        .execute();
  }

  /** Stores the name and the settings. */
  static void update(Handle handle, Camera camera) {
    var _ = handle
        .createUpdate("""
                      UPDATE cameras SET name = :name, source = :source, fps = :fps, sensitivity = :sensitivity,
                        areas = :areas, enabled = :enabled, offline_after = :offlineAfter, place = :place,
                        scene = :scene, normal = :normal
                      WHERE id = :id AND deleted_at IS NULL""")
        .bind("id", camera.id())
        .bindMap(values(camera))
        .execute();
  }

  static Camera camera(ResultSet row) throws SQLException {
    return new Camera(row.getString("id"), row.getString("name"), settings(row),
        CameraState.ofWireName(row.getString("status")), SqlTime.parseOrNull(row.getString("last_seen_at")),
        SqlTime.parse(row.getString("created_at")));
  }

  private static CameraSettings settings(ResultSet row) throws SQLException {
    String source = row.getString("source");
    long offlineAfter = row.getLong("offline_after");
    Duration silence = row.wasNull() ? null : Duration.ofMillis(offlineAfter);
    return new CameraSettings(source == null ? null : CameraSource.parse(source), number(row, "fps"),
        number(row, "sensitivity"), AreasText.parse(row.getString("areas")), row.getBoolean("enabled"), silence,
        scene(row));
  }

  private static CameraScene scene(ResultSet row) throws SQLException {
    String kind = row.getString("scene");
    return new CameraScene(row.getString("place"), kind == null ? null : SceneKind.ofWireName(kind).orElseThrow(),
        row.getString("normal"));
  }

  private static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  private static Map<String, ?> values(Camera camera) {
    CameraSettings settings = camera.settings();
    var values = new HashMap<String, @Nullable Object>();
    values.put("name", camera.name());
    values.put("source", settings.source() == null ? null : settings.source().secret());
    values.put("fps", settings.fps());
    values.put("sensitivity", settings.sensitivity());
    values.put("areas", AreasText.of(settings.areas()));
    values.put("enabled", settings.enabled() ? 1 : 0);
    CameraScene scene = settings.scene();
    values.put("place", scene.place());
    values.put("scene", scene.kind() == null ? null : scene.kind().wireName());
    values.put("normal", scene.normal());
    values.put("offlineAfter", settings.offlineAfter() == null ? null : settings.offlineAfter().toMillis());
    return values;
  }
}
