/** Loudness, and several sounds in one. */
@NullMarked
package dev.outdial.media.mix;

import org.jspecify.annotations.NullMarked;
