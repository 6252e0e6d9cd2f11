/** What an INVITE sets up, decided as a pure machine: one answer, one end, whatever is late, lost or doubled. */
@NullMarked
package dev.outdial.sip.session;

import org.jspecify.annotations.NullMarked;
