package dev.outdial.server.cli;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.digits.Digits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CallCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "TARGET", description = "+15551234567, 1000 or sip:user@host[:port][;transport=tcp]")
    private String target = "";

    @Mixin
    private TrunkOptions way = new TrunkOptions();

    @Mixin
    private PlayOptions play = new PlayOptions();

    @Option(
            names = "--send-digits",
            paramLabel = "DIGITS",
            defaultValue = "",
            description = "keys to press after the media: 0-9 * # A-D")
    private String sendDigits = "";

    @ArgGroup
    private @Nullable Collecting collecting;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "how long to wait for digits (default: ${DEFAULT-VALUE})")
    private Duration within = Duration.ofSeconds(10);

    @Option(names = "--record", paramLabel = "FILE.wav", description = "write what the far end says")
    private @Nullable Path record;

    private static final class Collecting {
        @Option(names = "--collect", paramLabel = "N", description = "wait for this many digits")
        private @Nullable Integer count;

        @Option(names = "--collect-until", paramLabel = "KEY", description = "wait for digits up to this key")
        private @Nullable Character terminator;
    }

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(java.util.Objects.requireNonNull(spec).commandLine(), play.json());
        checkDigits();
        checkRecording();
        try (Dialer dialer = open();
                var interruption = new Interruption(dialer::close)) {
            DialRequest request = request();
            var script =
                    new CallScript(Optional.ofNullable(record), play.load(dialer), sendDigits, collect(), play.hold());
            if (way.registers()) {
                awaitRegistered(dialer, output);
            }
            ScriptedCall done = ScriptedCall.run(dialer, request, script, output::progress);
            CallResult report = done.report();
            output.result(report, () -> print(report, output));
            return interruption.exitStatus(done.outcome().kind().exitStatus());
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    private Dialer open() {
        try {
            return Dialer.start(way.dialer());
        } catch (DialerException unable) {
            throw new UsageException(String.valueOf(unable.getMessage()));
        }
    }

    private DialRequest request() {
        return way.request(target);
    }

    /** Says how the registration went; where it failed the call says so as its outcome. */
    private static void awaitRegistered(Dialer dialer, Output output) throws InterruptedException {
        try {
            dialer.awaitRegistered(TrunkOptions.NAME, Duration.ofSeconds(30));
            output.progress("registered");
        } catch (DialerException unregistered) {
            output.progress(String.valueOf(unregistered.getMessage()));
        }
    }

    private Optional<Digits> collect() {
        if (collecting == null) {
            return Optional.empty();
        }
        Digits rule = collecting.count != null
                ? Digits.digits(collecting.count)
                : Digits.until(java.util.Objects.requireNonNull(collecting.terminator));
        return Optional.of(rule.within(within));
    }

    private void checkDigits() {
        for (char key : sendDigits.toCharArray()) {
            if (!Digits.isKey(key)) {
                throw new UsageException("--send-digits: '" + key + "' is not a key (0-9, *, #, A-D)");
            }
        }
    }

    private void checkRecording() {
        if (record == null) {
            return;
        }
        Path folder = record.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(record)) {
            throw new UsageException("--record: " + record + " cannot be written");
        }
    }

    private static void print(CallResult report, Output output) {
        output.line("");
        output.line("outcome   " + report.outcome() + " (" + report.reason() + ")");
        output.line("phase     " + report.phase() + ", rang " + report.ringMillis() + " ms, talked "
                + report.talkMillis() + " ms");
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
