/** Feeds queued calls whose time has come to whoever places them, and nothing else. */
@org.jspecify.annotations.NullMarked
package dev.outdial.server.dial;
