/** From a picture to the objects in it. */
@NullMarked
package dev.porchlight.detection;

import org.jspecify.annotations.NullMarked;
