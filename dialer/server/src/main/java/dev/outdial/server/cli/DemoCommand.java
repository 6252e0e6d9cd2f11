package dev.outdial.server.cli;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.report.CallReport;
import dev.outdial.testbed.report.Ladder;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.MediaReport;
import dev.outdial.testbed.trunk.TrunkCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code outdial demo}: a whole call on loopback, judged by what its callee heard. */
@Command(
        name = "demo",
        description =
                "A whole call on loopback: registers, dials, plays an MP3, hears a key; judged by the callee's ear.")
final class DemoCommand implements Callable<Integer> {
    private static final String USER = "alice";
    private static final String TRUNK = "loopback";
    private static final String NUMBER = "+15550100123";
    private static final Prompt PROMPT = Prompt.WELCOME_MP3;
    private static final Duration CALLEE_WRITES_UP = Duration.ofSeconds(5);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), false);
        try (var interruption = new Interruption()) {
            Path folder = Files.createTempDirectory("outdial-demo");
            Path message = PROMPT.copyTo(folder);
            try {
                return interruption.exitStatus(demonstrate(message, interruption, output));
            } catch (InterruptedException | IllegalStateException cutShort) {
                if (!interruption.requested()) {
                    throw cutShort;
                }
                return interruption.exitStatus(0);
            } finally {
                Files.deleteIfExists(message);
                Files.deleteIfExists(folder);
            }
        }
    }

    private static int demonstrate(Path message, Interruption interruption, Output output)
            throws InterruptedException, IOException {
        // The challenge is real, so is the password: a new one for each run.
        String password = UUID.randomUUID().toString();
        try (LoopbackTrunk trunk = LoopbackTrunk.builder()
                .user(USER, password)
                .listener(event -> output.progress("    trunk: " + TrunkSentences.of(event)))
                .start()) {
            output.progress("a loopback trunk listens at 127.0.0.1:" + trunk.port() + ", UDP and TCP");
            ScriptedCall.Done done;
            try (Dialer dialer = interruption.open(dialer(trunk.port(), password))) {
                dialer.load(AudioClip.of(message));
                dialer.awaitRegistered(TRUNK, Duration.ofSeconds(10));
                output.progress("registered as " + USER);
                done = ScriptedCall.dial(dialer, DialRequest.over(TRUNK, NUMBER), script(message), output::progress)
                        .run();
            }
            TrunkCall heard = trunk.awaitEnd(done.report().callId(), CALLEE_WRITES_UP)
                    .orElseThrow(() -> new IllegalStateException("the trunk knows nothing of the call's end"));
            return report(done.report(), heard, output) ? 0 : OutcomeKind.FAILED.exitStatus();
        }
    }

    private static DialerConfig dialer(int trunkPort, String password) {
        Trunk trunk = Trunk.of(TRUNK, "sip:" + USER + "@127.0.0.1:" + trunkPort)
                .withPassword(password)
                .withDisplayName("Outdial demo");
        return DialerConfig.of(trunk);
    }

    private static CallScript script(Path message) {
        return new CallScript(
                Optional.empty(),
                List.of(AudioClip.of(message)),
                "",
                Optional.of(Digits.digits(1).within(Duration.ofSeconds(10))),
                Duration.ZERO);
    }

    /** Prints what both sides saw; says whether the callee heard the message whole and its key arrived. */
    private static boolean report(CallResult caller, TrunkCall heard, Output output) {
        output.line("");
        output.line("outcome        " + caller.outcome() + " (" + caller.reason() + ")");
        output.line("our end        " + Sentences.rtp(caller.rtp()));
        output.line("");
        output.line(Ladder.of(heard));
        short[] sound = heard.media().map(MediaReport::pcm).orElse(new short[0]);
        SoundComparison comparison = SoundComparison.compare(sound, PROMPT.reference());
        output.line(CallReport.of(heard, comparison));
        String pressed = heard.media().map(MediaReport::digitsSent).orElse("");
        boolean good = comparison.whole()
                && caller.outcome().equals(OutcomeKind.COMPLETED.word())
                && !pressed.isEmpty()
                && caller.digits().equals(pressed);
        output.line(
                good
                        ? "The callee heard the message whole, and we heard the " + pressed + " that it pressed."
                        : "NOT as it should be: the callee pressed '" + pressed + "', we heard '" + caller.digits()
                                + "'; the message was heard " + (comparison.whole() ? "whole." : "otherwise."));
        return good;
    }
}
