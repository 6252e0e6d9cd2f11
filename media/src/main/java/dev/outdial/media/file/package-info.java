/** Readers of audio files: opened by content, streaming, suspicious of every header. */
@NullMarked
package dev.outdial.media.file;

import org.jspecify.annotations.NullMarked;
