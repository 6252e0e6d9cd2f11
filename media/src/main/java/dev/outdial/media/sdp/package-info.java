/** Session descriptions and the judgement of an answer (RFC 8866, RFC 3264). Pure. */
@NullMarked
package dev.outdial.media.sdp;

import org.jspecify.annotations.NullMarked;
