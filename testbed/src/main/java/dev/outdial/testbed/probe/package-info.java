/** Instruments: what arrived, judged by packet, by key and by sound. */
@NullMarked
package dev.outdial.testbed.probe;

import org.jspecify.annotations.NullMarked;
