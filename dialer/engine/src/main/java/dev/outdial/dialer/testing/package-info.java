/** For tests of code that is written on Outdial: calls without a network, without a telephone company and without waiting. */
@NullMarked
package dev.outdial.dialer.testing;

import org.jspecify.annotations.NullMarked;
