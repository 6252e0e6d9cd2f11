/**
 * Tells others by HTTP what happened: takes deliveries from the store's outbox, signs and sends them, tries again what failed, and keeps
 * what was given up. Nothing here knows what a call is beyond its events.
 */
@NullMarked
package dev.outdial.server.webhook;

import org.jspecify.annotations.NullMarked;
