/** Text for people: the SIP ladder of a call and what its callee heard. */
@NullMarked
package dev.outdial.testbed.report;

import org.jspecify.annotations.NullMarked;
