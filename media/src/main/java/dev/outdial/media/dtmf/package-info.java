/** Keys as telephone-events (RFC 4733), sent and received. */
@NullMarked
package dev.outdial.media.dtmf;

import org.jspecify.annotations.NullMarked;
