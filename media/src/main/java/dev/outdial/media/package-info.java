/** Outdial: media. */
@NullMarked
package dev.outdial.media;

import org.jspecify.annotations.NullMarked;
