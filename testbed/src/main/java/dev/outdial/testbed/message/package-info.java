/** SIP messages as text, read tolerantly and written plainly (RFC 3261), with digest challenges and their answers (RFC 7616). */
@NullMarked
package dev.outdial.testbed.message;

import org.jspecify.annotations.NullMarked;
