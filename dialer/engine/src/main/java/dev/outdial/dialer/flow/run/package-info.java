/** Runs flows in calls. */
@NullMarked
package dev.outdial.dialer.flow.run;

import org.jspecify.annotations.NullMarked;
