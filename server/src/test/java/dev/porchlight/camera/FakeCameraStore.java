package dev.porchlight.camera;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.Page;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Cameras in memory; it can be told to fail once. */
final class FakeCameraStore implements CameraStore {
  private final Map<String, Camera> cameras = new ConcurrentSkipListMap<>();
  private volatile boolean failsOnce;

  void failOnce() {
    failsOnce = true;
  }

  void put(Camera camera) {
    cameras.put(camera.id(), camera);
  }

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
    return cameras.remove(cameraId) != null;
  }

  @Override
  public List<String> forgetting() {
    return List.of();
  }

  @Override
  public Remains forget(String cameraId, int limit) {
    return Remains.NOTHING;
  }

  @Override
  public void forgotten(String cameraId) {}

  @Override
  public Optional<Camera> find(String cameraId) {
    return Optional.ofNullable(cameras.get(cameraId));
  }

  @Override
  public List<Camera> all() {
    return List.copyOf(cameras.values());
  }

  @Override
  public Page<Camera> list(@Nullable Long before, int limit) {
    return new Page<>(all(), null);
  }

  @Override
  public void setStatus(String cameraId, CameraState status, @Nullable Instant lastSeenAt) {
    if (failsOnce) {
      failsOnce = false;
      throw new StoreException("the disk is full");
    }
    cameras.computeIfPresent(cameraId,
        (_, old) -> new Camera(old.id(), old.name(), old.settings(), status, lastSeenAt, old.createdAt()));
  }
}
