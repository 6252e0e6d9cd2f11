/** Recording what is said, off the media loop. */
@NullMarked
package dev.outdial.media.record;

import org.jspecify.annotations.NullMarked;
