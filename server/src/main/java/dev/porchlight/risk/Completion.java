package dev.porchlight.risk;

import org.jspecify.annotations.Nullable;

/**
 * What a language model wrote.
 *
 * @param text             as it came
 * @param isCut            true when it ended for want of room
 * @param promptTokens     tokens read; null when the server does not count
 * @param completionTokens tokens written; null when the server does not count
 */
record Completion(String text, boolean isCut, @Nullable Long promptTokens, @Nullable Long completionTokens) {}
