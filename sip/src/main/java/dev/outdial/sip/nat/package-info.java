/** Under which address far ends see us (RFC 3581), learnt or configured, decided as pure values. */
@NullMarked
package dev.outdial.sip.nat;

import org.jspecify.annotations.NullMarked;
