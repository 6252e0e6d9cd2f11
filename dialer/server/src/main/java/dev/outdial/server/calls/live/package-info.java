/** The services on the store and the engine: calls that are accepted, dialled, told of and ended. */
@org.jspecify.annotations.NullMarked
package dev.outdial.server.calls.live;
