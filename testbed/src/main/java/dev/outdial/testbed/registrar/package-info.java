/** Who may use the carrier and where they are: digest gate and bindings, both pure (RFC 3261 10.3, 22). */
@NullMarked
package dev.outdial.testbed.registrar;

import org.jspecify.annotations.NullMarked;
