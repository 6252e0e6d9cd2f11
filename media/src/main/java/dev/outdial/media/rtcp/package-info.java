/** RTCP reports: written by schedule, read with tolerance (RFC 3550 section 6). No sockets. */
@NullMarked
package dev.outdial.media.rtcp;

import org.jspecify.annotations.NullMarked;
