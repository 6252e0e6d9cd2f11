/** Tones made and heard in 8 kHz sound: keys as pairs of them (ITU-T Q.23). */
@NullMarked
package dev.outdial.media.tone;

import org.jspecify.annotations.NullMarked;
