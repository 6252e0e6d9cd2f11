@NullMarked
package dev.outdial.dialer.flow;

import org.jspecify.annotations.NullMarked;
