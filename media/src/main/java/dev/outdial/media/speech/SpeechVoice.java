package dev.outdial.media.speech;

import java.util.Locale;

/**
 * Somebody who speaks.
 *
 * @param name as the engine calls it; empty for whoever the engine chooses for the language
 * @param language what is spoken
 */
public record SpeechVoice(String name, Locale language) {}
