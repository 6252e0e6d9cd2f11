/** Keys as telephone-events (RFC 4733), and in the bodies of SIP INFO: sent and received. */
@NullMarked
package dev.outdial.media.dtmf;

import org.jspecify.annotations.NullMarked;
