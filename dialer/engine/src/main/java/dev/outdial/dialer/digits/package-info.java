/** The keys that the far end presses, and the rules by which they are collected. */
@NullMarked
package dev.outdial.dialer.digits;

import org.jspecify.annotations.NullMarked;
