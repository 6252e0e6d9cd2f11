package dev.outdial.media.amd;

/**
 * What was said so far, word by word; the last may go on.
 *
 * @param beginMillis where the first word began
 * @param firstWordMillis how long the first was, 0 while it goes on
 * @param words those that are over, pauses shorter than a word's left out
 * @param longestPauseMillis between two of them
 * @param spokenMillis all of them together with their short pauses
 * @param endMillis where the last one that is over ended; the beginning where none is
 * @param levelDb how loud at the loudest
 */
record Greeting(
        long beginMillis,
        long firstWordMillis,
        int words,
        long longestPauseMillis,
        long spokenMillis,
        long endMillis,
        double levelDb) {
    /** A pause up to this is part of what is said in one go. */
    private static final long SHORT_PAUSE_MILLIS = 250;

    static Greeting beginning(long atMillis, double levelDb) {
        return new Greeting(atMillis, 0, 0, 0, 0, atMillis, levelDb);
    }

    /** A word has ended. */
    Greeting with(long wordBegin, long wordEnd, double wordDb, MachineRules rules) {
        long length = wordEnd - wordBegin;
        long pause = words == 0 ? 0 : Math.max(0, wordBegin - endMillis);
        boolean isNew = words == 0 || pause >= rules.betweenWordsMillis();
        boolean isWord = length >= rules.minWordMillis();
        long first = firstWordMillis == 0 || (words == 1 && !isNew) ? wordEnd - beginMillis : firstWordMillis;
        return new Greeting(
                beginMillis,
                first,
                words + (isNew && (isWord || words == 0) ? 1 : 0),
                Math.max(longestPauseMillis, pause),
                spokenMillis + length + (pause <= SHORT_PAUSE_MILLIS ? pause : 0),
                wordEnd,
                Math.max(levelDb, wordDb));
    }

    /** From the first word's beginning to the last one's end. */
    long lengthMillis() {
        return endMillis - beginMillis;
    }
}
