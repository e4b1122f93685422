/** The settings: where they come from, what they may be, what is wrong with them. */
@NullMarked
package dev.porchlight.config;

import org.jspecify.annotations.NullMarked;
