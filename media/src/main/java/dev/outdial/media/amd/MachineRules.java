package dev.outdial.media.amd;

/**
 * What tells a person from a machine, in milliseconds.
 *
 * @param initialSilenceMillis without a word for so long, nobody speaks
 * @param greetingMillis a greeting up to this is a person's, once the silence after it is long enough
 * @param longestGreetingMillis one longer than this is a machine's; what lies between needs more silence after it
 * @param afterGreetingSilenceMillis so much silence after a short greeting: somebody waits for our word
 * @param afterLongGreetingSilenceMillis so much silence after a longer one, in which a machine would have beeped
 * @param totalMillis the greeting that began is judged within this time from its first word
 * @param minWordMillis what is shorter is no word
 * @param betweenWordsMillis a pause shorter than this is one within a word
 * @param maxWords more words than this are a machine's
 * @param silenceThreshold a mean amplitude of the 16 bit samples below which nothing counts as sound
 * @param messageSilenceMillis so much silence after a machine's greeting ends it without a beep
 * @param longestMessageMillis how long to wait for the end of a machine's greeting
 */
public record MachineRules(
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
        int longestMessageMillis) {

    /** What did best on the corpus of the tests. */
    public static final MachineRules DEFAULT =
            new MachineRules(4000, 800, 3400, 800, 2400, 8000, 100, 50, 14, 100, 2500, 60_000);

    public MachineRules {
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
        if (value < least || value > most)
            throw new IllegalArgumentException(what + " of " + value + ", expected " + least + " to " + most);
    }

    /** How long the silence after a greeting of this length is to be: the longer the greeting, the longer. */
    long silenceAfterMillis(long lengthMillis) {
        long more = (long) afterLongGreetingSilenceMillis - afterGreetingSilenceMillis;
        long range = Math.max(1L, (long) longestGreetingMillis - greetingMillis);
        long beyond = Math.max(0, Math.min(range, lengthMillis - greetingMillis));
        return afterGreetingSilenceMillis + more * beyond / range;
    }

    /** The silence threshold as a level, in dB below a square wave of full scale. */
    double silenceDb() {
        return 20 * Math.log10(silenceThreshold / 32768.0);
    }
}
