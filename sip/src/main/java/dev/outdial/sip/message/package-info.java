/** Values that SIP is made of: URIs, hops, bodies, credentials, requests and responses. Nothing here acts. */
@NullMarked
package dev.outdial.sip.message;

import org.jspecify.annotations.NullMarked;
