package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.PictureView;
import dev.porchlight.domain.RenderedPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process that draws one picture many times at once, to be given as little memory as the server has. */
final class RenderingProcess {
  private static final int AT_ONCE = 12;

  private RenderingProcess() {}

  /** Draws the file {@code args[0]}, whose SHA-256 is {@code args[1]}; says how many JPEGs were made. */
  public static void main(String[] args) throws Exception {
    var object = new DetectedObject("person", 0.9, new Box(1000, 1000, 2000, 3000));
    int made = 0;
    try (var renderer = new PictureRenderer(new PictureMemory()); var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var answers = new ArrayList<Future<RenderedPicture>>();
      for (int i = 0; i < AT_ONCE; i++) {
        PictureView view = i % 2 == 0
            ? new PictureView.Annotated(object, List.of(object))
            : new PictureView.Thumbnail(object.box(), 320);
        answers.add(threads.submit(() -> renderer.render(Path.of(args[0]), args[1], view)));
      }
      for (var answer : answers) {
        made += answer.get() instanceof RenderedPicture.Jpeg ? 1 : 0;
      }
    }
    System.out.println("made " + made);
  }
}
