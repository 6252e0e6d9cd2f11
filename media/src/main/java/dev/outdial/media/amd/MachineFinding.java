package dev.outdial.media.amd;

/** What {@link MachineDetector} found. */
public sealed interface MachineFinding {
    /** Who answered; once. */
    record Decided(MachineVerdict verdict, MachineEvidence evidence) implements MachineFinding {}

    /**
     * The machine's greeting is over: who leaves a message speaks now. Once, after {@link MachineVerdict#MACHINE}.
     *
     * @param atMillis after so much sound
     * @param beepMillis how long the beep was, 0 where there was none
     */
    record GreetingEnded(GreetingEnd how, long atMillis, long beepMillis) implements MachineFinding {}
}
