/** Puts the server together, runs it, and ends it. */
@NullMarked
package dev.outdial.server.serve;

import org.jspecify.annotations.NullMarked;
