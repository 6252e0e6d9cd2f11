/** A simulated link that loses, delays, reorders and doubles packets, the same way for the same seed. */
@NullMarked
package dev.outdial.testbed.link;

import org.jspecify.annotations.NullMarked;
