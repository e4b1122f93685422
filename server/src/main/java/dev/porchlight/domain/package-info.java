/** The words of Porchlight as records and sealed types; nothing here knows a library. */
@NullMarked
package dev.porchlight.domain;

import org.jspecify.annotations.NullMarked;
