/** Which of the hops to a target are worth trying now: a circuit breaker for each. Functions of what was reported and the time. */
@NullMarked
package dev.outdial.sip.health;

import org.jspecify.annotations.NullMarked;
