/** From any sample rate to that of a codec, which is most often the telephone's 8 kHz. */
@NullMarked
package dev.outdial.media.resample;

import org.jspecify.annotations.NullMarked;
