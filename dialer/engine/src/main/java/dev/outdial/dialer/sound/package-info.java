/** How sound that is not a local file is come by: what may be fetched, and who speaks. */
@NullMarked
package dev.outdial.dialer.sound;

import org.jspecify.annotations.NullMarked;
