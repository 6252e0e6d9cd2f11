@NullMarked
package dev.outdial.dialer.flow.draw;

import org.jspecify.annotations.NullMarked;
