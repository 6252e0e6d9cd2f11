/** What the user agent asks of a SIP stack, in values only, so that the stack can be replaced. */
@NullMarked
package dev.outdial.sip.transport;

import org.jspecify.annotations.NullMarked;
