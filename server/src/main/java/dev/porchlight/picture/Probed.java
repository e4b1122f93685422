package dev.porchlight.picture;

/**
 * What one reading of a whole file says of it.
 *
 * @param info   the picture it begins with
 * @param sha256 of all bytes of the file, lower-case hex
 * @param size   bytes of the file
 */
public record Probed(PictureInfo info, String sha256, long size) {}
