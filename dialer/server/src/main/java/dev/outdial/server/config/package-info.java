/** How a server is set up: read from a file and the environment, every value checked before anything is started. */
@NullMarked
package dev.outdial.server.config;

import org.jspecify.annotations.NullMarked;
