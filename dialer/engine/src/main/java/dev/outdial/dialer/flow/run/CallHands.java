package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.detect.GreetingEnd;
import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.detect.WhoAnswered;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowCommand;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.flow.run.Operations.Work;
import dev.outdial.dialer.outcome.HangUpCause;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Does with one call what a flow asks for, but for what has to do with other calls. <b>Threading:</b> the run's; each work blocks on its own. */
final class CallHands {
    /** A caller that left the session description to us hears nothing before the answer, and nobody says so. */
    private static final Duration LONGEST_UNTIL_AUDIBLE = Duration.ofSeconds(2);

    /** No exchange need hear a shorter pause between two keys (ITU-T Q.24). */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(40);

    private final FlowLine line;
    private final Call call;
    private final Backstage backstage;
    private final FlowSettings settings;
    private final MediaFolder folder;
    private final Sounds sounds;
    private final Lane switches;
    private final Recordings recordings;
    private final CompletableFuture<Void> answeredOrOver = new CompletableFuture<>();

    CallHands(FlowLine line, FlowSettings settings, Recordings recordings) {
        this.line = line;
        this.call = line.call();
        this.backstage = line.dialer().backstage();
        this.settings = settings;
        this.folder = new MediaFolder(settings.media());
        this.sounds = new Sounds(backstage, call, folder);
        this.switches = new Lane(backstage);
        this.recordings = recordings;
    }

    /** The call is answered, or over. */
    void answeredOrOver() {
        answeredOrOver.complete(null);
    }

    /** Answers a call to us; one that we placed is left as it is. */
    Work answer() {
        return () -> {
            if (line.incoming().isEmpty()) return new Result.Finished();
            line.answer().run();
            if (call.awaitAnswer() instanceof Answer.Answered) {
                // Before the flow goes on: the listener may say so later.
                answeredOrOver();
                return new Result.Finished();
            }
            return new Result.Failed("the call was over before it could be answered");
        };
    }

    Work sound(SoundAction sound) {
        // Words wait for the answer, whoever gives it.
        return line.incoming().isPresent() && !answeredOrOver.isDone() && !(sound instanceof SoundAction.Talk)
                ? sounds.stoppable(() -> early(sound))
                : sounds.play(sound);
    }

    private Result early(SoundAction sound) throws InterruptedException {
        var incoming = line.incoming().orElseThrow();
        incoming.ringWithMedia();
        Optional<Boolean> audible = within(LONGEST_UNTIL_AUDIBLE, () -> {
            incoming.ringWithMedia(EarlySounds.SILENCE);
            return true;
        });
        if (audible.isEmpty()) return new Result.Failed("the caller does not hear us before the answer");
        return new EarlySounds(line.dialer(), backstage, incoming, folder).play(sound, answeredOrOver);
    }

    void stopSound() {
        sounds.stop();
    }

    Work sendDigits(FlowCommand.SendDigits keys) {
        Duration pause = keys.pause().compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : keys.pause();
        return sounds.inTurn(() -> {
            press(keys.digits(), keys.tone(), pause);
            return new Result.Finished();
        });
    }

    /** No pause comes after the last key but what its end takes. */
    private void press(String digits, Duration tone, Duration pause) throws InterruptedException {
        if (digits.length() > 1) call.sendDigits(digits.substring(0, digits.length() - 1), tone, pause);
        if (!digits.isEmpty()) call.sendDigits(digits.substring(digits.length() - 1), tone, SHORTEST_PAUSE);
    }

    Work startRecording(FlowCommand.StartRecording wish) {
        return switches.inTurn(() -> recordings.start(wish.options()));
    }

    Work stopRecording() {
        return switches.inTurn(recordings::stop);
    }

    Work mute(FlowCommand.Mute wish) {
        return switches.inTurn(() -> {
            if (wish.on()) call.mute(wish.direction());
            else call.unmute(wish.direction());
            return new Result.Finished();
        });
    }

    Work startEcho(FlowCommand.StartEcho wish) {
        return switches.inTurn(() -> {
            call.echo(wish.packets());
            return new Result.Finished();
        });
    }

    Work stopEcho() {
        return switches.inTurn(() -> {
            call.stopEcho();
            return new Result.Finished();
        });
    }

    Work detectMachine(MachineDetection options) {
        return () -> new Result.Who(word(call.detectMachine(options).verdict()));
    }

    /** A fax is no person either; who says nothing may be one. */
    static String word(WhoAnswered who) {
        return switch (who) {
            case HUMAN -> "HUMAN";
            case MACHINE, FAX -> "MACHINE";
            case NOT_SURE, SILENCE -> "NOTSURE";
        };
    }

    Work awaitBeep(Duration longest) {
        return () -> {
            Optional<GreetingEnd> how = within(longest, call::awaitGreetingEnd).flatMap(end -> end);
            return new Result.Learnt(
                    Map.of(Variables.BEEP, how.map(CallHands::word).orElse("none")));
        };
    }

    private static String word(GreetingEnd how) {
        return switch (how) {
            case BEEP -> "beep";
            case SILENCE -> "silence";
            case TOO_LONG -> "none";
        };
    }

    Work optOut() {
        return () -> {
            String number = line.incoming()
                    .map(from -> from.caller().from())
                    .or(() -> line.request().map(DialRequest::target))
                    .orElse("");
            try {
                settings.optOut().accept(number);
                return new Result.Finished();
            } catch (RuntimeException refused) {
                throw new StepException(
                        "the number was not taken on the do-not-call list: " + refused.getMessage(), refused);
            }
        };
    }

    void hangUp(HangUpCause cause) {
        call.hangUp(cause);
    }

    /** What waits. */
    private interface Waiting<T> {
        T get() throws InterruptedException;
    }

    /** Waits that long at most; empty where that was not enough. */
    private <T> Optional<T> within(Duration longest, Waiting<T> waiting) throws InterruptedException {
        var result = new CompletableFuture<T>();
        var thread = new CompletableFuture<Thread>();
        backstage.run(() -> {
            thread.complete(Thread.currentThread());
            try {
                result.complete(waiting.get());
            } catch (InterruptedException tooLong) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error broken) {
                result.completeExceptionally(broken);
            }
        });
        try {
            backstage.await(result.handle((value, trouble) -> true), longest);
        } finally {
            if (!result.isDone()) thread.join().interrupt();
        }
        if (!result.isDone()) return Optional.empty();
        return Optional.of(value(result));
    }

    private static <T> T value(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (java.util.concurrent.CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException ours ? ours : failed;
        }
    }
}
