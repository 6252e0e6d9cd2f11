/** What an audio payload format is, and G.711 to the bit. */
@NullMarked
package dev.outdial.media.codec;

import org.jspecify.annotations.NullMarked;
