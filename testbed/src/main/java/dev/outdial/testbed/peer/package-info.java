/** A SIP end that does exactly what a test tells it to, however odd. */
@NullMarked
package dev.outdial.testbed.peer;

import org.jspecify.annotations.NullMarked;
