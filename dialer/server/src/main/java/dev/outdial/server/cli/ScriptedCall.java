package dev.outdial.server.cli;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.outcome.CallOutcome;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Places one call and does on it what its script says. */
final class ScriptedCall {
    private final CallResult report;
    private final CallOutcome outcome;

    private ScriptedCall(CallResult report, CallOutcome outcome) {
        this.report = report;
        this.outcome = outcome;
    }

    /**
     * Runs one call from the dialling to its end.
     *
     * @param progress takes a line for people, live
     */
    static ScriptedCall run(Dialer dialer, DialRequest request, CallScript script, Consumer<String> progress)
            throws InterruptedException {
        var notes = new CallNotes(progress);
        Call call = dialer.dial(request, notes);
        if (call.awaitAnswer() instanceof Answer.Answered) {
            try {
                perform(script, call, progress);
            } catch (CallEndedException over) {
                // the outcome says how
            } finally {
                call.hangUp();
            }
        }
        CallOutcome outcome = call.awaitEnd();
        notes.awaitLast();
        return new ScriptedCall(
                CallResult.of(outcome, notes, call.statistics(), script.play().size(), call.id()), outcome);
    }

    CallResult report() {
        return report;
    }

    CallOutcome outcome() {
        return outcome;
    }

    private static void perform(CallScript script, Call call, Consumer<String> progress) throws InterruptedException {
        if (script.record().isPresent()) {
            call.record(script.record().get());
        }
        for (AudioClip clip : script.play()) {
            Path name = clip.file().getFileName();
            progress.accept("playing " + (name == null ? clip.file() : name));
            call.play(clip);
        }
        if (!script.sendDigits().isEmpty()) {
            try {
                call.sendDigits(script.sendDigits());
                progress.accept("pressed " + script.sendDigits());
            } catch (DialerException notTaken) {
                progress.accept(notTaken.getMessage());
            }
        }
        if (script.collect().isPresent()) {
            progress.accept("waiting for keys");
            call.collect(script.collect().get());
        }
        if (!script.hold().isZero()) {
            call.awaitEnd(script.hold());
        }
    }
}
