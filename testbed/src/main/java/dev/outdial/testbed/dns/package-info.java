/** A small name server for tests: says what it was told, fails in the ways that name servers fail, and counts what it was asked. */
@NullMarked
package dev.outdial.testbed.dns;

import org.jspecify.annotations.NullMarked;
