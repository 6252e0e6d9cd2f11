/** Asking a far end whether it is there (RFC 3261 section 11), decided as pure values. */
@NullMarked
package dev.outdial.sip.options;

import org.jspecify.annotations.NullMarked;
