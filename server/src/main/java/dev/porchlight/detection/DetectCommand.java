package dev.porchlight.detection;

import dev.porchlight.domain.DetectedObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code porchlight detect FILE…}: says what the detector sees in pictures, without a server. */
public final class DetectCommand {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final PictureReader reader;
  private final Detector detector;

  public DetectCommand(PictureReader reader, Detector detector) {
    this.reader = reader;
    this.detector = detector;
  }

  /**
   * Looks at each file in turn.
   *
   * @param out a JSON object on a line of its own for each object found, with the field names of the wire
   * @param err a line for each file that fails, or in which nothing is found
   * @return the exit code: 0, or 1 when a file failed
   */
  public int run(List<Path> files, PrintStream out, PrintStream err) throws InterruptedException {
    int code = 0;
    for (Path file : files) {
      try (Picture picture = reader.read(file, detector.sight())) {
        List<DetectedObject> objects = detector.detect(picture);
        objects.forEach(object -> out.println(line(file, object)));
        if (objects.isEmpty()) {
          err.println(file + ": nothing found");
        }
      } catch (NoSuchFileException _) {
        code = fail(err, file, "there is no such file");
      } catch (IOException e) {
        code = fail(err, file, "it cannot be read: " + e.getMessage());
      } catch (PictureException | DetectorException e) {
        code = fail(err, file, String.valueOf(e.getMessage()));
      }
    }
    out.flush();
    return code;
  }

  private static int fail(PrintStream err, Path file, String why) {
    err.println(file + ": " + why);
    return 1;
  }

  private static String line(Path file, DetectedObject object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", file.toString());
    fields.put("object_type", object.objectType());
    fields.put("confidence", object.confidence());
    fields.put("bbox_x", object.box().x());
    fields.put("bbox_y", object.box().y());
    fields.put("bbox_width", object.box().width());
    fields.put("bbox_height", object.box().height());
    return JSON.writeValueAsString(fields);
  }
}
