/** Who answered a call: a person, a machine, a fax or nobody who speaks. */
@NullMarked
package dev.outdial.dialer.detect;

import org.jspecify.annotations.NullMarked;
