/** Draws a flow as a picture: which step follows which, and why. */
@NullMarked
package dev.outdial.dialer.flow.draw;

import org.jspecify.annotations.NullMarked;
