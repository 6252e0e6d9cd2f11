/** Where somebody speaks in 8 kHz sound, and where a steady tone sounds. Not what is said, nor which tone of a network it is. */
@NullMarked
package dev.outdial.media.vad;

import org.jspecify.annotations.NullMarked;
