package dev.outdial.server.facade.cequens;

import java.time.Duration;
import java.util.Optional;

/**
 * A call as a client asks for it.
 *
 * @param recipient E.164
 * @param audioUrl what is played instead of the words where it can be had; http or https
 * @param repeat how often the words are said, 1 to {@value CallReader#MOST_REPEATS}
 * @param dtmfUrl where the keys are told; where present they are waited for
 * @param statusUrl where each status is told
 * @param metadata JSON text; empty for none
 */
record CallWish(
        String recipient,
        String sayText,
        String voice,
        Optional<String> audioUrl,
        int repeat,
        Duration timeout,
        Optional<String> dtmfUrl,
        Optional<String> statusUrl,
        String metadata) {}
