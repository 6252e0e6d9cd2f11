/** Digest authentication (RFC 7616, RFC 8760) as pure functions over values. */
@NullMarked
package dev.outdial.sip.auth;

import org.jspecify.annotations.NullMarked;
