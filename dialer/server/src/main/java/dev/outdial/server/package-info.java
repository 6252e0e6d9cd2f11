/** Outdial: server. */
@NullMarked
package dev.outdial.server;

import org.jspecify.annotations.NullMarked;
