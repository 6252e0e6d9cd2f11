/** From packets that come when they come to sound at a steady pace: adaptive delay, concealment, clock drift. No sockets. */
@NullMarked
package dev.outdial.media.jitter;

import org.jspecify.annotations.NullMarked;
