/** The store in SQLite. */
@NullMarked
package dev.porchlight.store.jdbc;

import org.jspecify.annotations.NullMarked;
