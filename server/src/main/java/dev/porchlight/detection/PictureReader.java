package dev.porchlight.detection;

import dev.porchlight.detection.PictureException.Reason;
import dev.porchlight.domain.Box;
import dev.porchlight.picture.NotAPictureException;
import dev.porchlight.picture.PictureInfo;
import dev.porchlight.picture.PictureProbe;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG and PNG at reduced size, within a bound on memory that all threads share: by {@link JpegLibrary} the JPEGs that
 * it can decode, by ImageIO all else. Thread-safe.
 */
public final class PictureReader {
  static final long MAX_PIXELS = 50_000_000;

  private final PictureMemory memory;
  private final @Nullable JpegLibrary library;

  public PictureReader(PictureMemory memory) {
    this(memory, JpegLibrary.shared());
  }

  /**
   * Reads with or without a library.
   *
   * @param library null to decode by ImageIO alone
   */
  PictureReader(PictureMemory memory, @Nullable JpegLibrary library) {
    this.memory = memory;
    this.library = library;
  }

  /** Has the native code that decoding takes unpacked below a folder that stays. To be called before the first reader is made. */
  public static void keepNativeCodeBelow(Path folder) {
    JpegLibrary.keepBelow(folder);
  }

  /** Decodes a tiny picture, so that the first real one does not wait a quarter of a second for code to be loaded. */
  public void warmUp() throws InterruptedException {
    var jpeg = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = new MemoryCacheImageOutputStream(jpeg)) {
      writer.setOutput(out);
      writer.write(new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    } finally {
      writer.dispose();
    }
    decode(jpeg.toByteArray(), Sight.USUAL).close();
  }

  /**
   * Decodes a file. To be closed.
   *
   * @throws PictureException when it cannot or may not be decoded
   * @throws IOException      when it cannot be read
   */
  public Picture read(Path file, Sight sight) throws IOException, InterruptedException {
    try (var bytes = PictureBytes.read(file, memory)) {
      return decode(bytes, sight);
    }
  }

  /** Decodes the bytes of a file for a detector, and hands them over to the picture if it is to keep them. */
  Picture decode(PictureBytes bytes, Sight sight) throws InterruptedException {
    Picture picture = decode(bytes.bytes(), sight);
    return sight.readsFile() ? picture.with(bytes.handOver()) : picture;
  }

  /** Decodes the bytes of a file for a detector. */
  Picture decode(byte[] bytes, Sight sight) throws InterruptedException {
    PictureInfo info = check(bytes);
    Picture quick = decodeQuickly(bytes, info, Reduction.byMean(info.width(), info.height(), sight.side()),
        Excerpt.all(info), 0);
    return quick == null ? decode(bytes, info, Excerpt.forDetection(info, sight.side())) : quick;
  }

  /**
   * Decodes a part of a picture; the picture's width and height are then those of the part as displayed.
   *
   * @param wanted which part, and how much reduced; asked once the picture is known to be whole and not too large
   */
  Picture decode(byte[] bytes, Function<PictureInfo, Excerpt> wanted) throws InterruptedException {
    PictureInfo info = check(bytes);
    Excerpt excerpt = wanted.apply(info);
    Picture quick = decodeQuickly(bytes, info, Reduction.byMeanOfAtMost(info.width(), info.height(), excerpt.step()),
        excerpt.stored(), excerpt.further());
    return quick == null ? decode(bytes, info, excerpt) : quick;
  }

  /**
   * Null when that cannot be done, or not well, or would take more memory than there is because all of the picture has to be
   * decoded: the other way makes the best of it, or finds out why.
   */
  private @Nullable Picture decodeQuickly(byte[] bytes, PictureInfo info, Reduction reduction, Box part, long further)
      throws InterruptedException {
    long pixels = reduction.pixels() * WordRows.BYTES_WHILE_DECODING;
    if (library == null || !info.isUsual() || pixels + further > PictureMemory.PIXEL_BYTES) {
      return null;
    }
    var share = memory.pixels(coefficients(info) + pixels + further);
    try {
      WordRows rows = library.decode(bytes, reduction.step());
      if (rows != null && (long) rows.width() * rows.height() == reduction.pixels()) {
        return picture(rows.part(part, reduction.step()), info, part, share);
      }
    } catch (Throwable t) {
      share.close();
      throw t;
    }
    share.close();
    return null;
  }

  private Picture decode(byte[] bytes, PictureInfo info, Excerpt excerpt) throws InterruptedException {
    var share = memory.pixels(coefficients(info) + excerpt.pixels() * Excerpt.bytesPerPixel(info) + excerpt.further());
    try {
      return picture(RasterRows.of(image(bytes, info, excerpt)), info, excerpt.stored(), share);
    } catch (Throwable t) {
      share.close();
      throw t;
    }
  }

  private static Picture picture(PixelRows rows, PictureInfo info, Box part, PictureMemory.Share share) {
    return new Picture(rows, Orientation.ofExif(info.orientation()), part.width(), part.height(), share);
  }

  /** What the bytes say of the picture: that it is whole and not too large. */
  private static PictureInfo check(byte[] bytes) {
    PictureInfo info = probe(bytes);
    if (!info.complete()) {
      throw new PictureException(Reason.DAMAGED, "its bytes end before the picture does");
    }
    requireSize(info);
    return info;
  }

  private static void requireSize(PictureInfo info) {
    String size = String.format(Locale.ROOT, "its %d x %d pixels are ", info.width(), info.height());
    if (info.pixels() > MAX_PIXELS) {
      throw new PictureException(Reason.TOO_MANY_PIXELS, size + "more than 50 million");
    }
    if (info.isTooLong()) {
      throw new PictureException(Reason.TOO_MANY_PIXELS, size + "more than " + PictureInfo.LONGEST_SIDE + " on a side");
    }
  }

  private static PictureInfo probe(byte[] bytes) {
    try {
      return PictureProbe.probe(new ByteArrayInputStream(bytes));
    } catch (NotAPictureException e) {
      throw new PictureException(e.isRecognised() ? Reason.DAMAGED : Reason.NOT_A_PICTURE,
          String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("an array can always be read", e);
    }
  }

  /** Not in the heap, but 300 MB for 50 megapixels: two bytes for each of three components of every pixel. */
  private static long coefficients(PictureInfo info) {
    return info.progressive() ? 6 * info.pixels() : 0;
  }

  @SuppressWarnings("CatchingUnchecked") // The decoders answer garbage with whatever they stumble over.
  private static BufferedImage image(byte[] bytes, PictureInfo info, Excerpt excerpt) {
    ImageReader reader = newReader(info.kind());
    try (var stream = new ByteArrayImageStream(bytes)) {
      // Without metadata no compressed text or profile of a PNG is inflated, however large it becomes.
      reader.setInput(stream, true, true);
      if (reader.getWidth(0) != info.width() || reader.getHeight(0) != info.height()) {
        throw new PictureException(Reason.DAMAGED, "its headers disagree on its size");
      }
      var how = reader.getDefaultReadParam();
      Box part = excerpt.stored();
      how.setSourceRegion(new Rectangle(part.x(), part.y(), part.width(), part.height()));
      how.setSourceSubsampling(excerpt.step(), excerpt.step(), 0, 0);
      return reader.read(0, how);
    } catch (PictureException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      String what = e.getMessage() == null
          ? e.getClass().getSimpleName()
          : e.getMessage().lines().findFirst().orElse("");
      throw new PictureException(unsupported(what) ? Reason.UNSUPPORTED : Reason.DAMAGED,
          "it cannot be decoded: " + what, e);
    } finally {
      reader.dispose();
    }
  }

  private static boolean unsupported(String what) {
    return what.contains("nsupported") || what.contains("not supported") || what.contains("arithmetic coding");
  }

  private static ImageReader newReader(PictureInfo.Kind kind) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind.name());
    if (!readers.hasNext()) {
      throw new IllegalStateException("this Java has no " + kind + " decoder: it lacks the module java.desktop");
    }
    return readers.next();
  }
}
