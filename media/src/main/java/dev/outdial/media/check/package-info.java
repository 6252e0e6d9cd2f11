/** What will be heard of a sound, in numbers. */
@NullMarked
package dev.outdial.media.check;

import org.jspecify.annotations.NullMarked;
