package dev.outdial.media.amd;

/**
 * What is heard of one callee from the answer on, and who it is.
 *
 * @param kind what it is an example of
 * @param truth who answers
 * @param sound 8 kHz samples as they come off the line
 * @param greetingEndMillis where the last word ends
 * @param beepEndMillis where the beep ends, 0 where there is none
 */
record Recording(String kind, MachineVerdict truth, short[] sound, int greetingEndMillis, int beepEndMillis) {}
