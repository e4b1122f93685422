/** Says what a batch meant and how risky it was. */
@NullMarked
package dev.porchlight.risk;

import org.jspecify.annotations.NullMarked;
