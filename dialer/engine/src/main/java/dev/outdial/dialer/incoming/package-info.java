/** How calls to us are taken, in values. */
@NullMarked
package dev.outdial.dialer.incoming;

import org.jspecify.annotations.NullMarked;
