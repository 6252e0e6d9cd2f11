/** Answers as Neutrino's telephony API does: a number is called and hears a sound file. Translates; calls nobody itself. */
@NullMarked
package dev.outdial.server.facade.neutrino;

import org.jspecify.annotations.NullMarked;
