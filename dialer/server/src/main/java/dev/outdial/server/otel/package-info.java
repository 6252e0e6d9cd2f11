/** Tells of calls that are over as traces of OpenTelemetry. */
@NullMarked
package dev.outdial.server.otel;

import org.jspecify.annotations.NullMarked;
