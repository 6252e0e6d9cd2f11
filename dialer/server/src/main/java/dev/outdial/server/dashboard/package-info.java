/** Pages for people: they ask the services that the API asks, and hold no call logic. */
@NullMarked
package dev.outdial.server.dashboard;

import org.jspecify.annotations.NullMarked;
