/** The process around the engine. */
@NullMarked
package dev.outdial.server;

import org.jspecify.annotations.NullMarked;
