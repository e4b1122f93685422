/** The broadcast engine: a {@code Channel} of frames that any number of {@code Subscription}s follow. */
@NullMarked
package dev.porchlight.engine;

import org.jspecify.annotations.NullMarked;
