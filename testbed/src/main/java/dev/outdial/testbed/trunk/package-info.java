/** A carrier on loopback: registrar, digest, dial plan, and callees that answer, ring, press keys, echo and record. */
@NullMarked
package dev.outdial.testbed.trunk;

import org.jspecify.annotations.NullMarked;
