package dev.outdial.server.cli;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.flow.run.FlowRunner;
import dev.outdial.dialer.outcome.CallOutcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outdial answer}: takes the calls that a trunk brings, one after another. */
@Command(
        name = "answer",
        description = "Takes calls from a trunk: rings, answers (or declines, or redirects), plays, hears keys.",
        sortOptions = false)
final class AnswerCommand implements Callable<Integer> {
    private static final long LOOK_AGAIN_MILLIS = 100;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TrunkOptions way = new TrunkOptions();

    @Mixin
    private PlayOptions play = new PlayOptions();

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private ChangeOptions changes = new ChangeOptions();

    @Mixin
    private RecordOptions record = new RecordOptions();

    @Mixin
    private FlowOptions flows = new FlowOptions();

    @Mixin
    private WatchOptions watch = new WatchOptions();

    @Option(
            names = "--ring-for",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "let it ring this long before answering (default: answer at once)")
    private Duration ringFor = Duration.ZERO;

    @Option(
            names = "--decline",
            paramLabel = "STATUS",
            description = "decline every call with this SIP status, 400-699")
    private @Nullable Integer decline;

    @Option(names = "--redirect", paramLabel = "URI", description = "redirect every call to this SIP URI (302)")
    private @Nullable String redirect;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "0",
            description = "end after so many calls (default: go on until Ctrl-C)")
    private int calls;

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), play.json());
        String pressed = keys.pressed();
        Optional<Digits> collected = keys.collected();
        Optional<RecordOptions.Wish> recording = record.wish();
        if (way.trunk().isEmpty()) {
            throw new UsageException("--trunk: the trunk that brings the calls is expected");
        }
        if (decline != null && (decline < 400 || decline > 699)) {
            throw new UsageException("--decline: status " + decline + " declines nothing: 400 to 699 is expected");
        }
        DialerConfig config = watch.watching(play.bringing(way.dialer()));
        Optional<FlowOptions.Wish> flow = flows.wish(Objects.requireNonNull(spec), config);
        BlockingQueue<IncomingCall> waiting = new LinkedBlockingQueue<>();
        try (var interruption = new Interruption();
                Dialer dialer = interruption.open(config)) {
            if (redirect != null) checkRedirect(dialer, redirect);
            dialer.onIncoming(waiting::add);
            var script =
                    new CallScript(recording, play.load(dialer), pressed, collected, play.hold()).changing(changes);
            flow.ifPresent(wish -> wish.print(output));
            Optional<FlowRunner> runner = flow.map(wish -> new FlowRunner(dialer, wish.settings()));
            awaitRegistered(dialer, output);
            output.progress("waiting for calls");
            for (int done = 0; calls == 0 || done < calls; done++) {
                IncomingCall next = null;
                while (next == null && !interruption.requested()) {
                    next = waiting.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                }
                if (next == null) break;
                if (runner.isPresent()) run(flow.orElseThrow(), runner.get(), next, output);
                else take(next, script, output);
            }
            return interruption.exitStatus(0);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    /** Now, and not when somebody calls. */
    private static void checkRedirect(Dialer dialer, String target) {
        try {
            dialer.check(DialRequest.direct(target));
        } catch (IllegalArgumentException senseless) {
            throw new UsageException("--redirect: '" + target + "' is no SIP URI: sip:user@host is expected");
        }
    }

    private static void tellOf(IncomingCall incoming, Output output) {
        output.progress("a call from " + incoming.caller().from() + " to "
                + incoming.caller().to());
    }

    private static void run(FlowOptions.Wish flow, FlowRunner runner, IncomingCall incoming, Output output)
            throws InterruptedException {
        tellOf(incoming, output);
        FlowedCall.Done done =
                FlowedCall.answer(runner, incoming, flow, output::progress).run();
        output.result(done.json(), () -> done.print(output));
    }

    private void take(IncomingCall incoming, CallScript script, Output output) throws InterruptedException {
        tellOf(incoming, output);
        if (decline != null) {
            incoming.decline(decline);
            print(incoming.awaitEnd(), incoming.id(), output);
        } else if (redirect != null) {
            incoming.redirect(redirect);
            print(incoming.awaitEnd(), incoming.id(), output);
        } else {
            if (!ringFor.isZero()) {
                incoming.ring();
                TimeUnit.NANOSECONDS.sleep(ringFor.toNanos());
            }
            ScriptedCall.Done done =
                    ScriptedCall.answer(incoming, script, output::progress).run();
            output.result(done.report(), () -> CallCommand.print(done.report(), "", output));
        }
    }

    private static void print(CallOutcome outcome, String callId, Output output) {
        CallResult report = CallResult.unanswered(outcome, callId);
        output.result(report, () -> CallCommand.print(report, "", output));
    }

    /** Says how the registration went; calls may come over a trunk that refuses it all the same. */
    private void awaitRegistered(Dialer dialer, Output output) throws InterruptedException {
        if (!way.registers()) return;
        try {
            way.awaitRegistered(dialer);
            output.progress("registered");
        } catch (DialerException unregistered) {
            output.progress(String.valueOf(unregistered.getMessage()));
        }
    }
}
