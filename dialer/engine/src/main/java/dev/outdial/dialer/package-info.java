/** Outdial: dialer. */
@NullMarked
package dev.outdial.dialer;

import org.jspecify.annotations.NullMarked;
