/** Stages with bounded queues between them. */
@NullMarked
package dev.porchlight.pipeline;

import org.jspecify.annotations.NullMarked;
