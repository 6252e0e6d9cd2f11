/** From a URI to the addresses to try (RFC 3263): asks name servers without ever making anybody wait for them who did not ask to. */
@NullMarked
package dev.outdial.sip.dns;

import org.jspecify.annotations.NullMarked;
