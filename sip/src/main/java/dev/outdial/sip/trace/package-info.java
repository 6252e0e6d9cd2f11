/** The messages of each call as they went over the wire: read without trust, freed of secrets, kept within bounds, shown as a ladder. */
@NullMarked
package dev.outdial.sip.trace;

import org.jspecify.annotations.NullMarked;
