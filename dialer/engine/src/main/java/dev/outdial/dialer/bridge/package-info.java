/** What becomes of calls that are joined, decided in values. */
@NullMarked
package dev.outdial.dialer.bridge;

import org.jspecify.annotations.NullMarked;
