/** Recording what the far end says, off the media loop. */
@NullMarked
package dev.outdial.media.record;

import org.jspecify.annotations.NullMarked;
