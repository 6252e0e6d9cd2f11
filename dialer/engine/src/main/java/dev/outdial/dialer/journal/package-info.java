/** What was said and pressed in a call, handed on as it happens to whoever keeps it. */
@NullMarked
package dev.outdial.dialer.journal;

import org.jspecify.annotations.NullMarked;
