package dev.porchlight.ingest;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.Page;
import dev.porchlight.store.CameraStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The cameras in memory. */
final class FakeCameras implements CameraStore {
  private final Map<String, Camera> cameras = new ConcurrentSkipListMap<>();

  @Override
  public boolean ensure(String cameraId, Instant at) {
    return cameras.putIfAbsent(cameraId, new Camera(cameraId, cameraId, CameraState.OFFLINE, null, at)) == null;
  }

  @Override
  public boolean create(Camera camera) {
    return cameras.putIfAbsent(camera.id(), camera) == null;
  }

  @Override
  public Optional<Camera> change(String cameraId, UnaryOperator<Camera> change) {
    return Optional.ofNullable(cameras.computeIfPresent(cameraId, (_, old) -> change.apply(old)));
  }

  @Override
  public boolean delete(String cameraId, boolean withHistory, Instant at) {
    throw new UnsupportedOperationException("ingest does not do this");
  }

  @Override
  public List<String> forgetting() {
    throw new UnsupportedOperationException("ingest does not ask this");
  }

  @Override
  public Remains forget(String cameraId, int limit) {
    throw new UnsupportedOperationException("ingest does not do this");
  }

  @Override
  public void forgotten(String cameraId) {
    throw new UnsupportedOperationException("ingest does not do this");
  }

  @Override
  public Optional<Camera> find(String cameraId) {
    return Optional.ofNullable(cameras.get(cameraId));
  }

  @Override
  public List<Camera> all() {
    return List.copyOf(cameras.values());
  }

  List<String> ids() {
    return List.copyOf(cameras.keySet());
  }

  @Override
  public Page<Camera> list(@Nullable Long before, int limit) {
    throw new UnsupportedOperationException("ingest does not ask this");
  }

  @Override
  public void setStatus(String cameraId, CameraState status, @Nullable Instant lastSeenAt) {
    throw new UnsupportedOperationException("ingest does not do this");
  }
}
