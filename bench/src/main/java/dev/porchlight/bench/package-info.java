/** What the server costs: JMH for its parts, and fan-out beside other servers. Never shipped. */
@NullMarked
package dev.porchlight.bench;

import org.jspecify.annotations.NullMarked;
