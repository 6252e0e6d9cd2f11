/** What the user of a session hears, whoever called: events and ends, in values. */
@NullMarked
package dev.outdial.sip.event;

import org.jspecify.annotations.NullMarked;
