/**
 * The default detector, made at build time: its TensorFlow.js package is fetched, checked, converted to ONNX and cached. Nothing of
 * this package is shipped; its product, one {@code .onnx} file, is.
 */
@NullMarked
package dev.porchlight.model;

import org.jspecify.annotations.NullMarked;
