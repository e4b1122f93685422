package dev.porchlight.model;

import java.util.Map;

/**
 * All that decides how a model file comes out: what to take, what to convert, and the exact file expected.
 *
 * @param sha256 the sum of the converted file. Conversion gives the same bytes everywhere, so this one sum says whether a cached file
 *     is whole and was made by today's converter, and whether a new one is what was tested
 */
record Recipe(String name, SourcePackage source, Cut cut, Map<String, String> metadata, String sha256) {
  /** The file's name in the cache. Another converter makes another sum, and so another name. */
  String cacheName() {
    return name + "-" + sha256.substring(0, 12) + ".onnx";
  }
}
