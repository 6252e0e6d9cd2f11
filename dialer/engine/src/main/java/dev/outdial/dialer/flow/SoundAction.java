package dev.outdial.dialer.flow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the far end hears. */
public sealed interface SoundAction extends FlowAction {
    /**
     * Words. A call to us that nobody has answered yet is answered first.
     *
     * @param text plain, or SSML where it begins with {@code <speak}
     * @param language BCP 47, such as {@code en-US}
     * @param voice its name; where it is empty or nobody knows it, the language's own
     * @param onKey what a key does meanwhile
     * @param async whether the next step comes at once while the words go on
     * @param times how often they are said, 1 or more
     * @param volumeDb how much louder than usual
     */
    record Talk(
            String text,
            String language,
            Optional<String> voice,
            KeyPressed onKey,
            boolean async,
            int times,
            double volumeDb)
            implements SoundAction {}

    /**
     * Files, one after another; one that cannot be had or played is left out.
     *
     * @param urls http and https addresses, or paths below the folder that the user allows
     * @param loop whether they are played again and again
     * @param volumeDb how much louder than they are
     * @param onKey what a key does meanwhile
     */
    record Play(List<String> urls, boolean loop, double volumeDb, KeyPressed onKey) implements SoundAction {
        /** Copies the addresses. */
        public Play {
            urls = List.copyOf(urls);
        }
    }

    /** A tone. */
    record Beep(int frequencyHz, Duration duration) implements SoundAction {}
}
