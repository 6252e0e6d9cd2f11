/** Encryption of RTP and RTCP (RFC 3711) with keys that are exchanged in the session description (RFC 4568). */
@NullMarked
package dev.outdial.media.srtp;

import org.jspecify.annotations.NullMarked;
