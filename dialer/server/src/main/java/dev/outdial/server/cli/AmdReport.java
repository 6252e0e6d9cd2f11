package dev.outdial.server.cli;

import dev.outdial.dialer.detect.MachineEvidence;
import dev.outdial.dialer.event.CallEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who answered and what it was decided by, times in milliseconds.
 *
 * @param verdict human, machine, not-sure, fax or silence
 * @param decidedBy one of the words of {@link dev.outdial.dialer.detect.DecidedBy}
 * @param greetingEnd beep, silence or too-long; null where no machine answered, or the call ended first
 * @param beepMillis how long the beep was that ended the greeting, 0 where there was none
 */
record AmdReport(
        String verdict,
        String decidedBy,
        long decidedAtMillis,
        boolean beforeAnswer,
        long silenceMillis,
        long firstWordMillis,
        long greetingMillis,
        int words,
        long longestPauseMillis,
        long silenceAfterMillis,
        long toneMillis,
        int toneHertz,
        @Nullable String greetingEnd,
        long beepMillis) {

    static AmdReport of(CallEvent.MachineDetected detected, Optional<CallEvent.GreetingEnded> end) {
        MachineEvidence evidence = detected.evidence();
        return new AmdReport(
                detected.verdict().word(),
                evidence.decidedBy().word(),
                evidence.decidedAtMillis(),
                evidence.beforeAnswer(),
                evidence.silenceMillis(),
                evidence.firstWordMillis(),
                evidence.greetingMillis(),
                evidence.words(),
                evidence.longestPauseMillis(),
                evidence.silenceAfterMillis(),
                evidence.toneMillis(),
                evidence.toneHertz(),
                end.map(over -> over.how().word()).orElse(null),
                end.map(CallEvent.GreetingEnded::beepMillis).orElse(0L));
    }

    /** For people. */
    String sentence() {
        return verdict + " (" + decidedBy + " at " + decidedAtMillis + " ms: silence " + silenceMillis + ", greeting "
                + greetingMillis + " in " + words + (words == 1 ? " word" : " words") + ", silence "
                + silenceAfterMillis
                + (toneMillis > 0 ? ", tone of " + toneHertz + " Hz" : "") + ")";
    }
}
