@NullMarked
package dev.outdial.server.dial;

import org.jspecify.annotations.NullMarked;
