/** RTP packets, what is sent and what was received (RFC 3550). No sockets. */
@NullMarked
package dev.outdial.media.rtp;

import org.jspecify.annotations.NullMarked;
