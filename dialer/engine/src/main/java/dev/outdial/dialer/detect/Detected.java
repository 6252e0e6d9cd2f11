package dev.outdial.dialer.detect;

/**
 * Who answered, and what it was decided by.
 *
 * @param verdict who
 * @param evidence the timings
 */
public record Detected(WhoAnswered verdict, MachineEvidence evidence) {}
