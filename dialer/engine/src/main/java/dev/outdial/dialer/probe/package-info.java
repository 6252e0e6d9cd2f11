/** What was found out about a machine and a trunk, and what to do about it. */
@NullMarked
package dev.outdial.dialer.probe;

import org.jspecify.annotations.NullMarked;
