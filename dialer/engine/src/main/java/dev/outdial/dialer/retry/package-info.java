/** Whether and when a call that came to nothing is placed again: pure. */
@NullMarked
package dev.outdial.dialer.retry;

import org.jspecify.annotations.NullMarked;
