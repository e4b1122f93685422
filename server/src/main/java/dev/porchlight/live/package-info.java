/** The two channels and their messages. */
@NullMarked
package dev.porchlight.live;

import org.jspecify.annotations.NullMarked;
