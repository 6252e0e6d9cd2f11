/** The signalling of a called party as a pure machine (RFC 3261 13.3, 15.1, 17.2.1). */
@NullMarked
package dev.outdial.testbed.uas;

import org.jspecify.annotations.NullMarked;
