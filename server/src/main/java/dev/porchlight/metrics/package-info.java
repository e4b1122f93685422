/** What is counted and measured, and what keeps tasks going that run all the time. */
@NullMarked
package dev.porchlight.metrics;

import org.jspecify.annotations.NullMarked;
