/** Reads flows from JSON and says what is wrong with them, and where. */
@NullMarked
package dev.outdial.dialer.flow.json;

import org.jspecify.annotations.NullMarked;
