/** A call written down as actions: what a flow's author says, as values. */
@NullMarked
package dev.outdial.dialer.flow;

import org.jspecify.annotations.NullMarked;
