package dev.porchlight.bench;

import dev.porchlight.detection.TimedPicture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How long the pictures of one size took. Confined to one thread. */
final class PictureTimes {
  /** The columns of {@link #row}. */
  static final List<String> HEAD = List.of("picture", "KiB", "read", "decode", "resize", "inference", "boxes", "store",
      "broadcast", "all but inference", "÷ inference");
  private static final double KIBIBYTE = 1024;

  private final PictureSize size;
  private final List<Sample> samples = new ArrayList<>();

  PictureTimes(PictureSize size) {
    this.size = size;
  }

  void add(TimedPicture seen, Telling.Times told) {
    samples.add(new Sample(seen, told));
  }

  /** Medians, in milliseconds. */
  List<String> row() {
    return List.of(size.toString(), MarkdownTable.figure(median(sample -> sample.seen().size() / KIBIBYTE), 0),
        text(sample -> ms(sample.seen().read())), text(sample -> ms(sample.seen().decode())),
        text(sample -> ms(sample.seen().resize())), text(sample -> ms(sample.seen().inference())),
        text(sample -> ms(sample.seen().boxes())), text(sample -> ms(sample.told().store())),
        text(sample -> ms(sample.told().broadcast())), text(Sample::rest), MarkdownTable.figure(ratio(), 2));
  }

  /** Everything but inference, in parts of inference. */
  double ratio() {
    return median(Sample::rest) / inference();
  }

  /** The median of inference, in milliseconds. */
  double inference() {
    return median(sample -> ms(sample.seen().inference()));
  }

  private String text(ToDoubleFunction<Sample> part) {
    return MarkdownTable.figure(median(part), 2);
  }

  private double median(ToDoubleFunction<Sample> part) {
    return Spread.of(samples.stream().map(part::applyAsDouble).toList()).median();
  }

  private static double ms(Duration time) {
    return time.toNanos() / 1e6;
  }

  private record Sample(TimedPicture seen, Telling.Times told) {
    double rest() {
      return ms(seen.read()) + ms(seen.decode()) + ms(seen.resize()) + ms(seen.boxes()) + ms(told.store())
          + ms(told.broadcast());
    }
  }
}
