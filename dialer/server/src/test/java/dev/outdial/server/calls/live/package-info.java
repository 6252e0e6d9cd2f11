@NullMarked
package dev.outdial.server.calls.live;

import org.jspecify.annotations.NullMarked;
