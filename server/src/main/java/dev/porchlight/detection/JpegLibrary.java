package dev.porchlight.detection;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libjpeg-turbo, the decoder that reduces a picture while it transforms it, by way of Leptonica, a library of images in C
 * that has it built in. A JPEG of 720p takes 3.5 ms where ImageIO takes 10.5. Thread-safe.
 *
 * <p>What it cannot do, or not on this machine, is ImageIO's: nobody depends on it.
 */
// Restricted: Java cannot check what a library in C does.
@SuppressWarnings("restricted")
final class JpegLibrary {
  private static final Logger log = LoggerFactory.getLogger(JpegLibrary.class);
  private static final int SAY_NOTHING = 6;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final AddressLayout ADDRESS = ValueLayout.ADDRESS;

  private static volatile @Nullable Path folder;

  private final MethodHandle read;
  private final MethodHandle width;
  private final MethodHandle height;
  private final MethodHandle depth;
  private final MethodHandle wordsPerLine;
  private final MethodHandle data;
  private final MethodHandle destroy;

  private JpegLibrary(SymbolLookup library) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor property = FunctionDescriptor.of(INT, ADDRESS);
    read = linker.downcallHandle(library.findOrThrow("pixReadMemJpeg"),
        FunctionDescriptor.of(ADDRESS, ADDRESS, ValueLayout.JAVA_LONG, INT, INT, ADDRESS, INT));
    width = linker.downcallHandle(library.findOrThrow("pixGetWidth"), property);
    height = linker.downcallHandle(library.findOrThrow("pixGetHeight"), property);
    depth = linker.downcallHandle(library.findOrThrow("pixGetDepth"), property);
    wordsPerLine = linker.downcallHandle(library.findOrThrow("pixGetWpl"), property);
    data = linker.downcallHandle(library.findOrThrow("pixGetData"), FunctionDescriptor.of(ADDRESS, ADDRESS));
    destroy = linker.downcallHandle(library.findOrThrow("pixDestroy"), FunctionDescriptor.ofVoid(ADDRESS));
    MethodHandle severity = linker.downcallHandle(library.findOrThrow("setMsgSeverity"),
        FunctionDescriptor.of(INT, INT));
    call(() -> (int) severity.invokeExact(SAY_NOTHING));
  }

  /** Has the library lie in a folder below {@code parent}, which stays, instead of one that is made anew each time. */
  static void keepBelow(Path parent) {
    folder = parent;
  }

  /** The library of this process; null where there is none, which the log has told. */
  static @Nullable JpegLibrary shared() {
    return Holder.LIBRARY;
  }

  /**
   * Decodes a JPEG of one or three components.
   *
   * @param jpeg   the whole file
   * @param reduce 1, 2, 4 or 8: how many pixels of the file make one, in each direction
   * @return null when it cannot; why is not told
   */
  @Nullable
  WordRows decode(byte[] jpeg, int reduce) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, jpeg);
      MemorySegment holder = arena.allocate(ADDRESS);
      MemorySegment picture = call(
          () -> (MemorySegment) read.invokeExact(bytes, bytes.byteSize(), 0, reduce, MemorySegment.NULL, 0));
      if (picture.equals(MemorySegment.NULL)) {
        return null;
      }
      holder.set(ADDRESS, 0, picture);
      try {
        return rows(picture);
      } finally {
        call(() -> {
          destroy.invokeExact(holder);
          return true;
        });
      }
    }
  }

  private @Nullable WordRows rows(MemorySegment picture) {
    int across = call(() -> (int) width.invokeExact(picture));
    int down = call(() -> (int) height.invokeExact(picture));
    int bits = call(() -> (int) depth.invokeExact(picture));
    int words = call(() -> (int) wordsPerLine.invokeExact(picture));
    MemorySegment pixels = call(() -> (MemorySegment) data.invokeExact(picture));
    if (bits != Byte.SIZE && bits != Integer.SIZE) {
      return null;
    }
    int[] copy = pixels.reinterpret((long) Integer.BYTES * words * down).toArray(INT);
    return new WordRows(copy, across, down, words, bits == Byte.SIZE);
  }

  private static <T> T call(Call<T> function) {
    try {
      return function.call();
    } catch (Throwable e) {
      throw new AssertionError("a function of C has thrown", e);
    }
  }

  private interface Call<T> {
    T call() throws Throwable;
  }

  private static final class Holder {
    private static final @Nullable JpegLibrary LIBRARY = load();

    private static @Nullable JpegLibrary load() {
      String name = System.mapLibraryName("leptonica").replace(".dylib", ".6.dylib").replace(".so", ".so.6");
      URL resource = JpegLibrary.class.getResource("/org/bytedeco/leptonica/" + platform() + "/" + name);
      if (resource == null) {
        log.info("JPEGs are decoded by Java itself: this build has no faster decoder for {}", platform());
        return null;
      }
      try {
        Path parent = folder;
        Path file = (parent == null ? temporary() : parent.resolve("leptonica-" + NativeFile.checksum(resource)))
            .resolve(name);
        NativeFile.unpack(resource, file);
        return new JpegLibrary(SymbolLookup.libraryLookup(file.toAbsolutePath(), Arena.global()));
      } catch (IOException | RuntimeException e) {
        log.warn("JPEGs are decoded by Java itself, three times slower: the faster decoder cannot be loaded: {}",
            e.toString());
        return null;
      }
    }

    private static Path temporary() throws IOException {
      Path made = Files.createTempDirectory("porchlight-native");
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> delete(made)));
      return made;
    }

    private static void delete(Path made) {
      try (var files = Files.list(made)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
        Files.deleteIfExists(made);
      } catch (IOException e) {
        log.debug("{} stays: {}", made, e.toString());
      }
    }

    /** As the folders in the jar are called. */
    private static String platform() {
      String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
      return (system.contains("mac") ? "macosx" : "linux") + "-"
          + (arch.equals("aarch64") || arch.equals("arm64") ? "arm64" : "x86_64");
    }
  }
}
