/** How well a detector finds what people see: figures over pictures that somebody has labelled. */
@NullMarked
package dev.porchlight.evaluation;

import org.jspecify.annotations.NullMarked;
