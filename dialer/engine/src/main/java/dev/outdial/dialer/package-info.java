/** The embedded API: a {@link dev.outdial.dialer.Dialer} places calls, a {@link dev.outdial.dialer.Call} is what user code holds. */
@NullMarked
package dev.outdial.dialer;

import org.jspecify.annotations.NullMarked;
