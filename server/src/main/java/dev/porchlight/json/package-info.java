/** How the records of the domain look as JSON, the same on the channels and in REST. */
@NullMarked
package dev.porchlight.json;

import org.jspecify.annotations.NullMarked;
