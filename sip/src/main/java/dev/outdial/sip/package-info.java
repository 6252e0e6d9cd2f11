/** Outdial: sip. */
@NullMarked
package dev.outdial.sip;

import org.jspecify.annotations.NullMarked;
