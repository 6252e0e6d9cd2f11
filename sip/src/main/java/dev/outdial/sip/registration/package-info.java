/** Keeping a binding at a registrar alive (RFC 3261 section 10), decided as a pure machine. */
@NullMarked
package dev.outdial.sip.registration;

import org.jspecify.annotations.NullMarked;
