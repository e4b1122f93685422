/** What the graphics processor is doing. */
@NullMarked
package dev.porchlight.gpu;

import org.jspecify.annotations.NullMarked;
