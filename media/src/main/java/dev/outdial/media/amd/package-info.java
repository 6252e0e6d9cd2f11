/** Who answered: a person, a machine, a fax or nobody who speaks, told by the sound alone. */
@NullMarked
package dev.outdial.media.amd;

import org.jspecify.annotations.NullMarked;
