/** What is remembered: ports only. {@code store.jdbc} implements them. */
@NullMarked
package dev.porchlight.store;

import org.jspecify.annotations.NullMarked;
