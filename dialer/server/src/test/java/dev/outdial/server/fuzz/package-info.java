/** Runs Jazzer. */
@org.jspecify.annotations.NullMarked
package dev.outdial.server.fuzz;
