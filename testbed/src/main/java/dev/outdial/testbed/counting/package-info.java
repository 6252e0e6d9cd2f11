/** Callees for load tests: thousands of them behind a few ports, who count what arrives and how evenly, and perhaps speak. */
@NullMarked
package dev.outdial.testbed.counting;

import org.jspecify.annotations.NullMarked;
