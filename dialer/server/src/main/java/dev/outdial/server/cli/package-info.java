/** The {@code outdial} command: parses, runs one thing with the engine's public API, prints, exits. */
@NullMarked
package dev.outdial.server.cli;

import org.jspecify.annotations.NullMarked;
