/** Video: the streams of cameras and video files, read by ffmpeg as a process of its own. */
@NullMarked
package dev.porchlight.video;

import org.jspecify.annotations.NullMarked;
