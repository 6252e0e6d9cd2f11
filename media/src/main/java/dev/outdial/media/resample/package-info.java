/** From any sample rate to the telephone's 8 kHz. */
@NullMarked
package dev.outdial.media.resample;

import org.jspecify.annotations.NullMarked;
