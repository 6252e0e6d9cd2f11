/** Session descriptions as far as one audio stream needs them (RFC 8866, RFC 3264). */
@NullMarked
package dev.outdial.testbed.sdp;

import org.jspecify.annotations.NullMarked;
