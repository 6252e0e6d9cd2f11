/** A confirmed dialog (RFC 3261 section 12) and all that can happen within it, whoever called. Pure. */
@NullMarked
package dev.outdial.sip.dialog;

import org.jspecify.annotations.NullMarked;
