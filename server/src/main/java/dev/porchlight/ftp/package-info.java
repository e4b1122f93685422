/** The FTP server: each camera has an account, and what it uploads lands in its folder, whole and durable. */
@NullMarked
package dev.porchlight.ftp;

import org.jspecify.annotations.NullMarked;
