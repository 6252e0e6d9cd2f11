/** What went over the wire: of one call to look at, of all to a file. */
@NullMarked
package dev.outdial.dialer.trace;

import org.jspecify.annotations.NullMarked;
