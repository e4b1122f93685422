/** The web server: listening, guarding, errors, WebSocket connections. */
@NullMarked
package dev.porchlight.http;

import org.jspecify.annotations.NullMarked;
