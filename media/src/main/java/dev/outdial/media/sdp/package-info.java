/** Session descriptions, offers and answers (RFC 8866, RFC 3264), their keys (RFC 4568) and the bodies they come in. Pure. */
@NullMarked
package dev.outdial.media.sdp;

import org.jspecify.annotations.NullMarked;
