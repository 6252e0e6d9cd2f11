/** RTP, RTCP, G.711 and telephone-events as the textbooks have them (RFC 3550, RFC 3551, RFC 4733, ITU-T G.711). */
@NullMarked
package dev.outdial.testbed.rtp;

import org.jspecify.annotations.NullMarked;
