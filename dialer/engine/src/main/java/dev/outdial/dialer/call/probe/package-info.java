/** Looks at a machine and a trunk, and says in words what it means: gathering apart from judging. */
@NullMarked
package dev.outdial.dialer.call.probe;

import org.jspecify.annotations.NullMarked;
