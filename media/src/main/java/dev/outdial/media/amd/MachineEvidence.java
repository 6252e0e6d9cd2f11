package dev.outdial.media.amd;

/**
 * The timings that a verdict was decided by, in milliseconds.
 *
 * @param decidedBy what decided
 * @param decidedAtMillis after so much sound since listening began, at the answer or before it
 * @param beforeAnswer whether it was early media that was heard
 * @param silenceMillis the silence before the first word, counted from the last ring or cough where there was one; all of it where
 *     there was no word
 * @param firstWordMillis how long the first word was, up to the first pause; 0 where there was none
 * @param greetingMillis from the first word's beginning to the last one's end, 0 where there was none
 * @param words how many stretches of speech with pauses between
 * @param longestPauseMillis the longest pause within the greeting
 * @param silenceAfterMillis the silence after the greeting when it was decided
 * @param toneMillis how long the beep or the fax's tone had sounded when it was decided, 0 where there was none
 * @param toneHertz its frequency, 0 where there was none
 */
public record MachineEvidence(
        DecidedBy decidedBy,
        long decidedAtMillis,
        boolean beforeAnswer,
        long silenceMillis,
        long firstWordMillis,
        long greetingMillis,
        int words,
        long longestPauseMillis,
        long silenceAfterMillis,
        long toneMillis,
        int toneHertz) {}
