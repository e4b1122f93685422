/** What is counted and measured. */
@NullMarked
package dev.porchlight.metrics;

import org.jspecify.annotations.NullMarked;
