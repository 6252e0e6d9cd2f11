package dev.outdial.media;

import dev.outdial.media.fetch.Fetcher;
import dev.outdial.media.net.PacketTap;
import dev.outdial.media.speech.Speaker;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a {@link MediaEngine} is set up.
 *
 * @param firstPort the first UDP port that may be used, 1 to 65534; RTP takes even ports, RTCP the odd ones after them
 * @param lastPort the last UDP port that may be used, inclusive
 * @param seed for the random start values of RTP (RFC 3550 section 5.1); empty, as it should be outside of tests, takes
 *     them from a secure source
 * @param loops media loops, 1 to 16, each a thread; a session goes to the one that has the fewest
 * @param slotMillis the width of a loop's time slots, 1 to 4 ms: wider ones wake the processor less often and send more packets
 *     at once. A packet time that is no multiple of it is kept on average, with its packets up to a slot late
 * @param tap sees all datagrams, both ways; where there is none, nothing is spent on it
 * @param fetcher brings sound from other people's servers, where that is wanted
 * @param speaker makes words into sound, where that is wanted
 */
public record MediaConfig(
        int firstPort,
        int lastPort,
        OptionalLong seed,
        int loops,
        int slotMillis,
        Optional<PacketTap> tap,
        Optional<Fetcher> fetcher,
        Optional<Speaker> speaker) {
    private static final int DEFAULT_SLOT_MILLIS = 2;
    private static final int MAX_LOOPS = 16;

    public MediaConfig {
        int firstEven = firstPort + (firstPort & 1);
        if (firstPort < 1 || lastPort > 65535 || firstEven + 1 > lastPort)
            throw new IllegalArgumentException("RTP ports " + firstPort + "-" + lastPort
                    + ": expected a range between 1 and 65535 with an even port and the odd one after it");
        if (loops < 1 || loops > MAX_LOOPS)
            throw new IllegalArgumentException(loops + " media loops: expected 1 to 16");
        if (slotMillis < 1 || slotMillis > 4)
            throw new IllegalArgumentException("slots of " + slotMillis + " ms: expected 1 to 4");
    }

    /** Seen by nobody, with sound from files only. */
    public MediaConfig(int firstPort, int lastPort, OptionalLong seed, int loops, int slotMillis) {
        this(firstPort, lastPort, seed, loops, slotMillis, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** One loop, which serves well over a thousand calls. */
    public MediaConfig(int firstPort, int lastPort, OptionalLong seed) {
        this(firstPort, lastPort, seed, 1, DEFAULT_SLOT_MILLIS);
    }

    /** One loop, and start values that nobody can guess. */
    public static MediaConfig of(int firstPort, int lastPort) {
        return new MediaConfig(firstPort, lastPort, OptionalLong.empty());
    }

    /** With start values that are the same each time: for tests. */
    public MediaConfig withSeed(long next) {
        return new MediaConfig(firstPort, lastPort, OptionalLong.of(next), loops, slotMillis, tap, fetcher, speaker);
    }

    /** With so many loops. */
    public MediaConfig withLoops(int next) {
        return new MediaConfig(firstPort, lastPort, seed, next, slotMillis, tap, fetcher, speaker);
    }

    /** With slots so wide. */
    public MediaConfig withSlotMillis(int next) {
        return new MediaConfig(firstPort, lastPort, seed, loops, next, tap, fetcher, speaker);
    }

    /** With somebody who sees all datagrams. */
    public MediaConfig withTap(PacketTap next) {
        return new MediaConfig(firstPort, lastPort, seed, loops, slotMillis, Optional.of(next), fetcher, speaker);
    }

    /** With somebody who brings sound from other people's servers. */
    public MediaConfig withFetcher(Fetcher next) {
        return new MediaConfig(firstPort, lastPort, seed, loops, slotMillis, tap, Optional.of(next), speaker);
    }

    /** With somebody who makes words into sound. */
    public MediaConfig withSpeaker(Speaker next) {
        return new MediaConfig(firstPort, lastPort, seed, loops, slotMillis, tap, fetcher, Optional.of(next));
    }
}
