/** Benchmarks of what is seen within {@code dev.porchlight.video} alone. */
@NullMarked
package dev.porchlight.video;

import org.jspecify.annotations.NullMarked;
