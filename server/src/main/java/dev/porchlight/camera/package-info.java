/** Which cameras there are, and which of them are alive. */
@NullMarked
package dev.porchlight.camera;

import org.jspecify.annotations.NullMarked;
