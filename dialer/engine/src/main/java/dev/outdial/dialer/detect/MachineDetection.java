package dev.outdial.dialer.detect;

import java.time.Duration;

/**
 * How to find out whether a person or a machine answered. The usual values did best on the greetings that
 * the tests of the media module generate.
 *
 * @param initialSilenceMillis without a word for so long, nobody speaks
 * @param greetingMillis a greeting up to this is a person's, once the silence after it is long enough
 * @param longestGreetingMillis one longer than this is a machine's; what lies between needs more silence after it
 * @param afterGreetingSilenceMillis so much silence after a short greeting: somebody waits for our word
 * @param afterLongGreetingSilenceMillis so much silence after the longest, in which a machine would have beeped
 * @param totalMillis the greeting is judged within this time from its first word
 * @param minWordMillis what is shorter is no word
 * @param betweenWordsMillis a pause shorter than this is one within a word
 * @param maxWords more words than this are a machine's
 * @param silenceThreshold a mean amplitude of 16 bit samples below which nothing counts as sound
 * @param messageSilenceMillis so much silence after a machine's greeting ends it without a beep
 * @param longestMessageMillis how long to wait for the end of a machine's greeting
 * @param earlyMedia whether to listen before the answer too, where networks say that nobody can be reached; a person is found only
 *     after it
 */
public record MachineDetection(
        int initialSilenceMillis,
        int greetingMillis,
        int longestGreetingMillis,
        int afterGreetingSilenceMillis,
        int afterLongGreetingSilenceMillis,
        int totalMillis,
        int minWordMillis,
        int betweenWordsMillis,
        int maxWords,
        int silenceThreshold,
        int messageSilenceMillis,
        int longestMessageMillis,
        boolean earlyMedia) {

    /** From the answer on, with the usual values. */
    public static final MachineDetection DEFAULT =
            new MachineDetection(4000, 800, 3400, 800, 2400, 8000, 100, 50, 14, 100, 2500, 60_000, false);

    /** Refuses times that make no sense. */
    public MachineDetection {
        check("initial silence", initialSilenceMillis, 100, 60_000);
        check("greeting", greetingMillis, 100, 60_000);
        check("longest greeting", longestGreetingMillis, greetingMillis, 60_000);
        check("silence after a greeting", afterGreetingSilenceMillis, 100, 60_000);
        check("silence after a long greeting", afterLongGreetingSilenceMillis, afterGreetingSilenceMillis, 60_000);
        check("total", totalMillis, 500, 120_000);
        check("shortest word", minWordMillis, 10, 1000);
        check("pause between words", betweenWordsMillis, 10, 1000);
        check("most words", maxWords, 1, 1000);
        check("silence threshold", silenceThreshold, 1, 32_767);
        check("silence after a message", messageSilenceMillis, 500, 60_000);
        check("longest message", longestMessageMillis, 1000, 600_000);
    }

    private static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " of " + value + ": " + least + " to " + most + " is expected");
        }
    }

    /** The same, listening to early media too. */
    public MachineDetection hearingEarlyMedia() {
        return new MachineDetection(
                initialSilenceMillis,
                greetingMillis,
                longestGreetingMillis,
                afterGreetingSilenceMillis,
                afterLongGreetingSilenceMillis,
                totalMillis,
                minWordMillis,
                betweenWordsMillis,
                maxWords,
                silenceThreshold,
                messageSilenceMillis,
                longestMessageMillis,
                true);
    }

    /** The same with another time to wait for the first word. */
    public MachineDetection waitingForAWord(Duration longest) {
        return new MachineDetection(
                millis(longest),
                greetingMillis,
                longestGreetingMillis,
                afterGreetingSilenceMillis,
                afterLongGreetingSilenceMillis,
                totalMillis,
                minWordMillis,
                betweenWordsMillis,
                maxWords,
                silenceThreshold,
                messageSilenceMillis,
                longestMessageMillis,
                earlyMedia);
    }

    /** The same with another length from which on a greeting is a machine's: shorter is quicker, and takes more receptionists for machines. */
    public MachineDetection takingForAMachineFrom(Duration length) {
        return new MachineDetection(
                initialSilenceMillis,
                Math.min(greetingMillis, millis(length)),
                millis(length),
                afterGreetingSilenceMillis,
                afterLongGreetingSilenceMillis,
                totalMillis,
                minWordMillis,
                betweenWordsMillis,
                maxWords,
                silenceThreshold,
                messageSilenceMillis,
                longestMessageMillis,
                earlyMedia);
    }

    /** The same with another time to wait for the end of a machine's greeting. */
    public MachineDetection hearingOutFor(Duration longest) {
        return new MachineDetection(
                initialSilenceMillis,
                greetingMillis,
                longestGreetingMillis,
                afterGreetingSilenceMillis,
                afterLongGreetingSilenceMillis,
                totalMillis,
                minWordMillis,
                betweenWordsMillis,
                maxWords,
                silenceThreshold,
                messageSilenceMillis,
                millis(longest),
                earlyMedia);
    }

    private static int millis(Duration time) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, time.toMillis()));
    }
}
