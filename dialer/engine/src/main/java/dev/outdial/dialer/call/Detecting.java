package dev.outdial.dialer.call;

import dev.outdial.dialer.detect.DecidedBy;
import dev.outdial.dialer.detect.Detected;
import dev.outdial.dialer.detect.GreetingEnd;
import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.detect.MachineEvidence;
import dev.outdial.dialer.detect.WhoAnswered;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.MediaSession;
import dev.outdial.media.amd.MachineRules;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Finds out who answered one call, once: in early media where that is asked for, else from the answer on. <b>Threading:</b> belongs to
 * the call's mailbox; what completes may be waited for anywhere.
 */
final class Detecting {
    private final MediaSession session;
    private final Consumer<CallEvent> listener;
    private final CompletableFuture<Detected> detected = new CompletableFuture<>();
    private final CompletableFuture<Optional<GreetingEnd>> greetingEnd = new CompletableFuture<>();
    private Optional<MachineDetection> asked = Optional.empty();
    private boolean answered;

    Detecting(MediaSession session, Consumer<CallEvent> listener) {
        this.session = session;
        this.listener = listener;
    }

    /** Begins as asked for; where that was done before, the first word counts. */
    void ask(MachineDetection options) {
        if (asked.isPresent()) return;
        asked = Optional.of(options);
        if (answered || options.earlyMedia()) session.detectMachine(rules(options), !answered);
    }

    /** The call was answered: what was not decided before is found out from here on. */
    void answered() {
        answered = true;
        if (asked.isPresent() && !detected.isDone()) session.detectMachine(rules(asked.get()), false);
    }

    void heard(MediaEvent.MachineDetected event) {
        // What early media still had to say when the answer came.
        if (detected.isDone() || event.evidence().beforeAnswer() == answered) return;
        Detected result = new Detected(WhoAnswered.valueOf(event.verdict().name()), evidence(event.evidence()));
        listener.accept(new CallEvent.MachineDetected(result.verdict(), result.evidence()));
        detected.complete(result);
        if (result.verdict() != WhoAnswered.MACHINE) greetingEnd.complete(Optional.empty());
    }

    void heard(MediaEvent.GreetingEnded event) {
        if (greetingEnd.isDone()) return;
        GreetingEnd how = GreetingEnd.valueOf(event.how().name());
        listener.accept(new CallEvent.GreetingEnded(how, event.beepMillis()));
        greetingEnd.complete(Optional.of(how));
    }

    /** Who answered; completes when that is known. */
    CompletableFuture<Detected> detected() {
        return detected;
    }

    /** How the machine's greeting ended; completes when it has, empty where no machine answered. */
    CompletableFuture<Optional<GreetingEnd>> greetingEnd() {
        return greetingEnd;
    }

    private static MachineRules rules(MachineDetection options) {
        return new MachineRules(
                options.initialSilenceMillis(),
                options.greetingMillis(),
                options.longestGreetingMillis(),
                options.afterGreetingSilenceMillis(),
                options.afterLongGreetingSilenceMillis(),
                options.totalMillis(),
                options.minWordMillis(),
                options.betweenWordsMillis(),
                options.maxWords(),
                options.silenceThreshold(),
                options.messageSilenceMillis(),
                options.longestMessageMillis());
    }

    private static MachineEvidence evidence(dev.outdial.media.amd.MachineEvidence seen) {
        return new MachineEvidence(
                DecidedBy.valueOf(seen.decidedBy().name()),
                seen.decidedAtMillis(),
                seen.beforeAnswer(),
                seen.silenceMillis(),
                seen.firstWordMillis(),
                seen.greetingMillis(),
                seen.words(),
                seen.longestPauseMillis(),
                seen.silenceAfterMillis(),
                seen.toneMillis(),
                seen.toneHertz());
    }
}
