/** What happens in a call, as one sealed event for listeners. */
@NullMarked
package dev.outdial.dialer.event;

import org.jspecify.annotations.NullMarked;
