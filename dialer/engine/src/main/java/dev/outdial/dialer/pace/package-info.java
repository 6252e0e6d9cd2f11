/** How fast calls are placed, and how many there are at once: pure. */
@NullMarked
package dev.outdial.dialer.pace;

import org.jspecify.annotations.NullMarked;
