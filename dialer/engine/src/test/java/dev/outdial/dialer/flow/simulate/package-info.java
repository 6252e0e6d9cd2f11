@NullMarked
package dev.outdial.dialer.flow.simulate;

import org.jspecify.annotations.NullMarked;
