/** Limits, in simulated time. */
@NullMarked
package dev.outdial.server.http.limit;

import org.jspecify.annotations.NullMarked;
