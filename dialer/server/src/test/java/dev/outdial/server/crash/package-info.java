/** A server that is killed while it works, and what the outside world saw of it. */
@NullMarked
package dev.outdial.server.crash;

import org.jspecify.annotations.NullMarked;
