package dev.porchlight.camera;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.domain.Page;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cameras of the store, and who wants to hear when one of them is made, changed or deleted. Changes are made one after
 * the other on one thread, for which the caller waits, and are told on it in that order, before the caller goes on: what
 * was told last is how it is. Thread-safe.
 */
public final class CameraRegistry implements CameraStore, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CameraRegistry.class);

  private final CameraStore store;
  private final Map<String, CameraSettings> settings = new ConcurrentHashMap<>();
  /** As the store has them, by id. A camera that is not there, or no longer, is never added by a change of its status. */
  private final Map<String, CameraStatus> statuses = new ConcurrentSkipListMap<>();
  private final List<Consumer<Camera>> changed = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> deleted = new CopyOnWriteArrayList<>();
  private final ExecutorService changes = Executors
      .newSingleThreadExecutor(Thread.ofVirtual().name("camera-changes").factory());

  /** Takes over what is in the store, which nobody else may change from here on but for the status. */
  public CameraRegistry(CameraStore store) {
    this.store = store;
    for (Camera camera : store.all()) {
      settings.put(camera.id(), camera.settings());
      statuses.put(camera.id(), status(camera));
    }
  }

  /** Has {@code listener} hear of each camera that is made or changed, once it is stored. It must not block. */
  public void onChange(Consumer<Camera> listener) {
    changed.add(listener);
  }

  /** Has {@code listener} hear of each camera that is deleted, once it is. It must not block. */
  public void onDelete(Consumer<String> listener) {
    deleted.add(listener);
  }

  /** What is said of a camera, from memory; null when there is no such camera, or no longer. Never blocks. */
  public @Nullable CameraSettings settings(String cameraId) {
    return settings.get(cameraId);
  }

  /** The status of every camera by id, from memory, as {@link #all} would say it. Never blocks. */
  public List<CameraStatus> statuses() {
    return List.copyOf(statuses.values());
  }

  /** A picture of a camera has arrived, and the store says so. Never blocks. */
  public void seen(String cameraId, Instant at) {
    statuses.computeIfPresent(cameraId, (_, old) -> new CameraStatus(cameraId, old.status(), at));
  }

  @Override
  public boolean ensure(String cameraId, Instant at) {
    return !settings.containsKey(cameraId) && inTurn("add camera " + cameraId, () -> {
      boolean isNew = store.ensure(cameraId, at);
      if (isNew) {
        tell(store.find(cameraId).orElseThrow());
      }
      return isNew;
    });
  }

  @Override
  public boolean create(Camera camera) {
    return inTurn("create camera " + camera.id(), () -> {
      boolean isNew = store.create(camera);
      if (isNew) {
        tell(store.find(camera.id()).orElseThrow());
      }
      return isNew;
    });
  }

  @Override
  public Optional<Camera> change(String cameraId, UnaryOperator<Camera> change) {
    return inTurn("change camera " + cameraId, () -> {
      Optional<Camera> after = store.change(cameraId, change);
      after.ifPresent(this::tell);
      return after;
    });
  }

  @Override
  public boolean delete(String cameraId, boolean withHistory, Instant at) {
    return inTurn("delete camera " + cameraId, () -> {
      boolean isGone = store.delete(cameraId, withHistory, at);
      if (isGone) {
        settings.remove(cameraId);
        statuses.remove(cameraId);
        log.info("camera {}: deleted, {} its history", cameraId, withHistory ? "with" : "without");
        deleted.forEach(listener -> listener.accept(cameraId));
      }
      return isGone;
    });
  }

  @Override
  public List<String> forgetting() {
    return store.forgetting();
  }

  @Override
  public Remains forget(String cameraId, int limit) {
    return store.forget(cameraId, limit);
  }

  @Override
  public void forgotten(String cameraId) {
    store.forgotten(cameraId);
  }

  @Override
  public Optional<Camera> find(String cameraId) {
    return store.find(cameraId);
  }

  @Override
  public List<Camera> all() {
    return store.all();
  }

  @Override
  public Page<Camera> list(@Nullable Long before, int limit) {
    return store.list(before, limit);
  }

  @Override
  public void setStatus(String cameraId, CameraState status, @Nullable Instant lastSeenAt) {
    store.setStatus(cameraId, status, lastSeenAt);
    statuses.computeIfPresent(cameraId,
        (_, old) -> new CameraStatus(cameraId, status, lastSeenAt == null ? old.lastSeenAt() : lastSeenAt));
  }

  /** Makes no more changes. */
  @Override
  public void close() {
    changes.shutdown();
  }

  private void tell(Camera camera) {
    settings.put(camera.id(), camera.settings());
    // One that is there already may have moved on since the store was read.
    statuses.putIfAbsent(camera.id(), status(camera));
    changed.forEach(listener -> listener.accept(camera));
  }

  private static CameraStatus status(Camera camera) {
    return new CameraStatus(camera.id(), camera.status(), camera.lastSeenAt());
  }

  private <T> T inTurn(String what, Callable<T> change) {
    try {
      return changes.submit(change).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw new IllegalStateException("could not " + what, e.getCause());
    } catch (InterruptedException | RejectedExecutionException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new StoreException("Could not " + what + ": the server is stopping", e);
    }
  }
}
