/** Calls of the {@code outdial} command to SIP peers that others wrote, judged by tools that others wrote and by the testbed. */
@NullMarked
package dev.outdial.server.interop;

import org.jspecify.annotations.NullMarked;
