/** How pictures get in: watched folders and uploads, each becoming a {@code Frame}. */
@NullMarked
package dev.porchlight.ingest;

import org.jspecify.annotations.NullMarked;
