package dev.outdial.server.cli;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.digits.Digits;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial call}: one call, from the dialling to its outcome. */
@Command(
        name = "call",
        description = "Calls a number, plays, presses and hears keys, and exits with the call's outcome.",
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:completed: answered, then ended by anyone",
            "10:busy",
            "11:no-answer",
            "12:rejected: a person or a policy said no",
            "13:failed: wire, trunk, number, codec, authentication, or dropped",
            "14:canceled before the answer; also Ctrl-C and SIGTERM at any time",
            "15:refused by our own guard; nothing was sent",
            "16:unknown",
            "64:wrong usage"
        })
final class CallCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TARGET", description = "+15551234567, 1000 or sip:user@host[:port][;transport=tcp]")
    private String target = "";

    @Mixin
    private TrunkOptions way = new TrunkOptions();

    @Mixin
    private PlayOptions play = new PlayOptions();

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private MachineOptions machines = new MachineOptions();

    @Mixin
    private ChangeOptions changes = new ChangeOptions();

    @Mixin
    private RecordOptions record = new RecordOptions();

    @Option(
            names = "--tones",
            paramLabel = "COUNTRY",
            description = "print the tones that are heard, early media included: ringback, busy, fax, beeps and others;"
                    + " COUNTRY is US, GB, DE, ... or ETSI")
    private @Nullable String tones;

    @Mixin
    private FlowOptions flows = new FlowOptions();

    @Mixin
    private WatchOptions watch = new WatchOptions();

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), play.json());
        String pressed = keys.pressed();
        Optional<Digits> collected = keys.collected();
        Optional<RecordOptions.Wish> recording = record.wish();
        DialerConfig config = watch.watching(play.bringing(way.dialer()));
        Optional<FlowOptions.Wish> flow = flows.wish(Objects.requireNonNull(spec), config);
        try (var interruption = new Interruption();
                Dialer dialer = interruption.open(config)) {
            DialRequest request = detecting(listening(play.allowing(way.request(target))));
            dialer.check(request);
            flow.ifPresent(wish -> wish.print(output));
            if (flow.isPresent()) return run(flow.get(), dialer, request, interruption, output);
            var script = new CallScript(recording, play.load(dialer), pressed, collected, play.hold())
                    .changing(changes)
                    .minding(machines());
            ScriptedCall placed;
            try {
                awaitRegistered(dialer, output);
                placed = ScriptedCall.dial(dialer, request, script, output::progress);
            } catch (InterruptedException cutShort) {
                return notPlaced(cutShort, interruption, output);
            } catch (IllegalStateException cutShort) {
                return notPlaced(cutShort, interruption, output);
            }
            ScriptedCall.Done done = placed.run();
            if (watch.trace()) {
                output.note(placed.ladder());
            }
            output.result(done.report(), () -> print(done.report(), Sentences.refusal(done.outcome()), output));
            return interruption.exitStatus(done.outcome().kind().exitStatus());
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    private int run(FlowOptions.Wish flow, Dialer dialer, DialRequest request, Interruption interruption, Output output)
            throws InterruptedException {
        FlowedCall placed;
        try {
            awaitRegistered(dialer, output);
            placed = FlowedCall.dial(dialer, request, flow, output::progress);
        } catch (InterruptedException cutShort) {
            return notPlaced(cutShort, interruption, output);
        } catch (IllegalStateException cutShort) {
            return notPlaced(cutShort, interruption, output);
        }
        FlowedCall.Done done = placed.run();
        if (watch.trace()) output.note(placed.ladder());
        output.result(done.json(), () -> done.print(output));
        return interruption.exitStatus(done.outcome().kind().exitStatus());
    }

    private static <E extends Exception> int notPlaced(E cutShort, Interruption interruption, Output output) throws E {
        if (!interruption.requested()) {
            throw cutShort;
        }
        output.result(CallResult.notPlaced(), () -> output.line("The call was not placed."));
        return interruption.exitStatus(0);
    }

    private DialRequest listening(DialRequest request) {
        try {
            return tones == null ? request : request.listeningForTones(tones);
        } catch (IllegalArgumentException unknown) {
            throw new UsageException("--tones: " + unknown.getMessage());
        }
    }

    private DialRequest detecting(DialRequest request) {
        return machines.detection().map(request::detectingMachines).orElse(request);
    }

    private CallScript.Machines machines() {
        if (machines.waitForBeep()) {
            return CallScript.Machines.HEARD_OUT;
        }
        return machines.detection().isPresent() ? CallScript.Machines.HUNG_UP_ON : CallScript.Machines.IGNORED;
    }

    /** Says how the registration went; where it failed the call says so as its outcome. */
    private void awaitRegistered(Dialer dialer, Output output) throws InterruptedException {
        if (!way.registers()) {
            return;
        }
        try {
            way.awaitRegistered(dialer);
            output.progress("registered");
        } catch (DialerException unregistered) {
            output.progress(String.valueOf(unregistered.getMessage()));
        }
    }

    /** Shows the report to a person. */
    static void print(CallResult report, String refusal, Output output) {
        output.line("");
        output.line("outcome   " + report.outcome() + " (" + report.reason() + ")" + refusal);
        output.line("phase     " + report.phase() + ", rang " + report.ringMillis() + " ms, talked "
                + report.talkMillis() + " ms");
        if (report.amd() != null) {
            output.line("answered  by " + report.amd().sentence());
        }
        if (report.played().millis() > 0) {
            output.line("played    " + report.played().millis() + " ms"
                    + (report.played().whole() ? ", whole" : ", not whole"));
        }
        if (!report.digits().isEmpty()) {
            output.line("digits    " + report.digits());
        }
        output.line("rtp       " + Sentences.rtp(report.rtp()));
        output.line("call-id   " + report.callId());
    }
}
