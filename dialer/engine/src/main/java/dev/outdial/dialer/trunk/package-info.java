/** The way out, as its user describes it. */
@NullMarked
package dev.outdial.dialer.trunk;

import org.jspecify.annotations.NullMarked;
