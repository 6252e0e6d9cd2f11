/** Writes what was on the wire to a file that Wireshark opens. */
@NullMarked
package dev.outdial.testbed.capture;

import org.jspecify.annotations.NullMarked;
