/** Decides what a flow does next: pure, happenings and time are arguments. */
@NullMarked
package dev.outdial.dialer.flow.machine;

import org.jspecify.annotations.NullMarked;
