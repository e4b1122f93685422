package dev.porchlight.config;

import org.jspecify.annotations.Nullable;

/**
 * A value as somebody wrote it, not yet understood.
 *
 * @param value the text without surrounding white space; null for a key of the file with nothing behind it
 * @param place where to look for it: {@code porchlight.yaml:3}, {@code PORCHLIGHT_BATCH_IDLE}, {@code --port}
 */
record Entry(String key, @Nullable String value, Source source, String place) {}
