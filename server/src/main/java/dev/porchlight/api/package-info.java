/** The REST handlers and their JSON. */
@NullMarked
package dev.porchlight.api;

import org.jspecify.annotations.NullMarked;
