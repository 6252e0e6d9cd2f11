/** The loopback bench of Outdial: a carrier, its callees and its measuring instruments, sharing no code with what they test. */
@NullMarked
package dev.outdial.testbed;

import org.jspecify.annotations.NullMarked;
