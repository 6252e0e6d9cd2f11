/** Which number does what: callees made of small steps, and the machine that walks through them. */
@NullMarked
package dev.outdial.testbed.dialplan;

import org.jspecify.annotations.NullMarked;
