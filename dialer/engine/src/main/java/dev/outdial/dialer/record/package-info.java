/** What may be recorded of a call, and the handle of a recording. */
@NullMarked
package dev.outdial.dialer.record;

import org.jspecify.annotations.NullMarked;
