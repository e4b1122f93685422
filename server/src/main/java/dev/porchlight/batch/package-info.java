/** Joins the detections of one camera that belong together in time. */
@NullMarked
package dev.porchlight.batch;

import org.jspecify.annotations.NullMarked;
