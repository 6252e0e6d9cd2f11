/** Keys that are gathered beside what else a call does: what is asked for, how far it is, and how it ended. */
@NullMarked
package dev.outdial.dialer.gather;

import org.jspecify.annotations.NullMarked;
