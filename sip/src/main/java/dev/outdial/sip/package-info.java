/** A SIP user agent for dialling out: registration, outgoing INVITE sessions, OPTIONS. Message bodies are bytes with a content type. */
@NullMarked
package dev.outdial.sip;

import org.jspecify.annotations.NullMarked;
