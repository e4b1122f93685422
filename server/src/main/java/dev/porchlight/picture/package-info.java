/** Looks at a picture's bytes without decoding it: kind, size, completeness, orientation. */
@NullMarked
package dev.porchlight.picture;

import org.jspecify.annotations.NullMarked;
