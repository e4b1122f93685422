package dev.porchlight.detection;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code {"detections":[{"class":"person","confidence":0.9,"bbox":[x,y,w,h]}]}}. Classes that do not matter, and what
 * is less sure than the threshold, are left out; all else must be as it should be, since an answer that is half understood
 * would look like a quiet night.
 */
final class RemoteAnswer {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int BOX = 4;

  private RemoteAnswer() {}

  /**
   * The objects in a picture, in parts of it; they may reach beyond it, but none lies outside.
   *
   * @param width of the picture that was sent, in pixels; {@code height} likewise
   * @throws RemoteException when the answer is not as it should be
   */
  static List<Candidate> parse(byte[] body, int width, int height, double threshold) {
    JsonNode detections = read(body).path("detections");
    if (!detections.isArray()) {
      throw malformed("there is no list \"detections\"");
    }
    var candidates = new ArrayList<Candidate>();
    for (int i = 0; i < detections.size(); i++) {
      JsonNode detection = detections.get(i);
      JsonNode name = detection.path("class");
      if (!name.isString()) {
        throw malformed("detection " + i + " has no text \"class\"");
      }
      double confidence = number(detection.path("confidence"), i, "confidence");
      if (confidence < 0 || confidence > 1) {
        throw malformed("the confidence of detection " + i + " does not lie between 0 and 1");
      }
      double[] box = box(detection.path("bbox"), i);
      if (box[0] >= width || box[1] >= height || box[0] + box[2] < 0 || box[1] + box[3] < 0) {
        throw malformed("the box of detection " + i + " lies outside the picture of " + width + "x" + height);
      }
      Labels.Type type = Labels.type(name.stringValue());
      if (confidence >= threshold && type != null) {
        candidates.add(new Candidate(type.name(), type.group(), (float) confidence, (float) (box[0] / width),
            (float) (box[1] / height), (float) ((box[0] + box[2]) / width), (float) ((box[1] + box[3]) / height)));
      }
    }
    return candidates;
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new RemoteException("its answer is no JSON", false, e);
    }
  }

  private static double[] box(JsonNode node, int detection) {
    if (!node.isArray() || node.size() != BOX) {
      throw malformed("the bbox of detection " + detection + " is not [x, y, width, height]");
    }
    var box = new double[BOX];
    for (int i = 0; i < BOX; i++) {
      box[i] = number(node.get(i), detection, "bbox");
    }
    if (box[2] < 0 || box[3] < 0) {
      throw malformed("the bbox of detection " + detection + " has a negative side");
    }
    return box;
  }

  private static double number(JsonNode node, int detection, String field) {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!Double.isFinite(value)) {
      throw malformed("detection " + detection + " has no number as " + field);
    }
    return value;
  }

  private static RemoteException malformed(String how) {
    return new RemoteException("its answer makes no sense: " + how, false, null);
  }
}
