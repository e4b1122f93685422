/** Builds everything, in order, and takes it down in reverse. */
@NullMarked
package dev.porchlight.app;

import org.jspecify.annotations.NullMarked;
