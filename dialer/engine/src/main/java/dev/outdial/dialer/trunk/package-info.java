/** The way out: a trunk as its user describes it, and the line that is kept registered to it. */
@NullMarked
package dev.outdial.dialer.trunk;

import org.jspecify.annotations.NullMarked;
