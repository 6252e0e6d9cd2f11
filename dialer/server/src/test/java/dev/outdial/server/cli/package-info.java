/** The command line, run in process against the testbed. */
@NullMarked
package dev.outdial.server.cli;

import org.jspecify.annotations.NullMarked;
