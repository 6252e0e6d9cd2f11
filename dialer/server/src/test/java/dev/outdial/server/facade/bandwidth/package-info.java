/** The cases B01 to B34, over HTTP, SIP and RTP; and what is translated, without them. */
@NullMarked
package dev.outdial.server.facade.bandwidth;

import org.jspecify.annotations.NullMarked;
