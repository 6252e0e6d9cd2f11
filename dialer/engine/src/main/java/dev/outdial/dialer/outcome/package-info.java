/** How a call ended: one vocabulary for the Java API, the command line and the HTTP API. */
@NullMarked
package dev.outdial.dialer.outcome;

import org.jspecify.annotations.NullMarked;
