/** Measures what is seen within {@code dev.porchlight.detection} alone. */
@NullMarked
package dev.porchlight.detection;

import org.jspecify.annotations.NullMarked;
