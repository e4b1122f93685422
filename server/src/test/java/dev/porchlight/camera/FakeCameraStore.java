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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Cameras in memory; it can be told to fail once. */
final class FakeCameraStore implements CameraStore {
  private final Map<String, Camera> cameras = new ConcurrentSkipListMap<>();
  private final Set<String> forgetting = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Runnable> failure = new AtomicReference<>();

  void failOnce() {
    failure.set(() -> {
      throw new StoreException("the disk is full");
    });
  }

  void throwOnce(Error error) {
    failure.set(() -> {
      throw error;
    });
  }

  void forget(String cameraId) {
    forgetting.add(cameraId);
  }

  private void fail() {
    Runnable next = failure.getAndSet(null);
    if (next != null) {
      next.run();
    }
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
    return List.copyOf(forgetting);
  }

  @Override
  public Remains forget(String cameraId, int limit) {
    fail();
    return Remains.NOTHING;
  }

  @Override
  public void forgotten(String cameraId) {
    forgetting.remove(cameraId);
  }

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
    fail();
    cameras.computeIfPresent(cameraId,
        (_, old) -> new Camera(old.id(), old.name(), old.settings(), status, lastSeenAt, old.createdAt()));
  }
}
