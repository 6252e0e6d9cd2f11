/** Bandwidth's Catapult v1 voice API: its requests, answers, events and words, on our own calls. */
@NullMarked
package dev.outdial.server.facade.bandwidth;

import org.jspecify.annotations.NullMarked;
