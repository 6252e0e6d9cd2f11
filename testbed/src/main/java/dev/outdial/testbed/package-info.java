/** Outdial: testbed. */
@NullMarked
package dev.outdial.testbed;

import org.jspecify.annotations.NullMarked;
