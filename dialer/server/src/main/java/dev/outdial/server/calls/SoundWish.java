package dev.outdial.server.calls;

import java.time.Duration;
import java.util.List;

/**
 * What is to be heard in a call, in place of what is heard now.
 *
 * @param urls addresses or names of uploads, one after the other; empty where words are said
 * @param text words; empty where files are played
 * @param language of the words, as {@code en-US}; US English where empty
 * @param voice who says them, as its engine calls it; the engine's choice where empty
 * @param times how often, the last of several files that is; 0 until it is stopped, else up to 100
 * @param volumeDb how much louder than it is
 * @param tag the user's own, returned in the events of it
 * @param readyWithin how long to wait until it was brought and decoded: UNAVAILABLE where it cannot be, and what is heard now goes on;
 *     zero for not to wait, then an event tells of that
 */
public record SoundWish(
        List<String> urls,
        String text,
        String language,
        String voice,
        int times,
        double volumeDb,
        String tag,
        Duration readyWithin) {
    /** Copies the addresses. */
    public SoundWish {
        urls = List.copyOf(urls);
    }

    /** Files, once or until they are stopped. */
    public static SoundWish playing(List<String> urls, boolean loop) {
        return new SoundWish(urls, "", "", "", loop ? 0 : 1, 0, "", Duration.ZERO);
    }

    /** Words. */
    public static SoundWish saying(String text, String language, String voice, int times) {
        return new SoundWish(List.of(), text, language, voice, times, 0, "", Duration.ZERO);
    }

    /** The same, so much louder. */
    public SoundWish louderBy(double decibels) {
        return new SoundWish(urls, text, language, voice, times, decibels, tag, readyWithin);
    }

    /** The same with a tag. */
    public SoundWish tagged(String word) {
        return new SoundWish(urls, text, language, voice, times, volumeDb, word, readyWithin);
    }

    /** The same, waited for. */
    public SoundWish readyWithin(Duration longest) {
        return new SoundWish(urls, text, language, voice, times, volumeDb, tag, longest);
    }
}
