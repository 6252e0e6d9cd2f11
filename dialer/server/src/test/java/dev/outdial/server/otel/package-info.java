@NullMarked
package dev.outdial.server.otel;

import org.jspecify.annotations.NullMarked;
