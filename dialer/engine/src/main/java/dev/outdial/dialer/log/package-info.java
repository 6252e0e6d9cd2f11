/** What the log says of calls besides its sentences. */
@NullMarked
package dev.outdial.dialer.log;

import org.jspecify.annotations.NullMarked;
