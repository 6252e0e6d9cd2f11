package dev.outdial.server.cli;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.probe.ProbeOptions;
import dev.outdial.dialer.probe.ProbeReport;
import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.dialer.trunk.Trunk;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outdial doctor}: whether this machine and a trunk are fit for calls, and what to do where they are not. */
@Command(
        name = "doctor",
        description =
                "Says whether this machine, and a trunk where one is given, are fit for calls, and what to do where they are"
                        + " not. Takes half a minute at most.",
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:nothing failed",
            " 1:something failed; each line says what to do",
            "14:Ctrl-C or SIGTERM",
            "64:wrong usage"
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int SOMETHING_FAILED = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TrunkOptions way = new TrunkOptions();

    @Mixin
    private SpeechFlags speech = new SpeechFlags();

    @Option(
            names = "--number",
            paramLabel = "NUMBER",
            description = "call this number over the trunk to try the sound: an echo, or any that answers")
    private @Nullable String number;

    @Option(names = "--json", description = "one JSON object on standard output")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), json);
        Optional<Trunk> trunk = way.trunk();
        if (number != null && trunk.isEmpty()) {
            throw new UsageException("--number is called over a --trunk, and there is none");
        }
        ProbeOptions options = number == null ? ProbeOptions.DEFAULT : ProbeOptions.DEFAULT.calling(number);
        DialerConfig plain = way.dialer();
        DialerConfig config = plain.withSound(plain.sound().withSpeech(speech.options()));
        ProbeReport machine = Dialer.probeMachine(config, options);
        print(machine, output);
        boolean portTaken = machine.step("sip-port")
                .filter(step -> step.result() == ProbeStep.Result.FAILED)
                .isPresent();
        if (trunk.isEmpty() || portTaken) {
            return finish(machine, output, 0);
        }
        try (var interruption = new Interruption();
                Dialer dialer = interruption.open(config)) {
            try {
                ProbeReport found = dialer.probe(trunk.get().name(), options);
                print(found, output);
                return finish(machine.and(found), output, interruption.exitStatus(0));
            } catch (InterruptedException | IllegalStateException cutShort) {
                if (!interruption.requested()) {
                    throw cutShort;
                }
                return interruption.exitStatus(0);
            }
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    private static int finish(ProbeReport all, Output output, int cutShort) {
        output.result(
                DoctorReport.of(all),
                () -> output.line(all.allWell() ? "All is well." : "Something is not well: see FAILED above."));
        return cutShort != 0 ? cutShort : all.allWell() ? 0 : SOMETHING_FAILED;
    }

    private static void print(ProbeReport report, Output output) {
        for (ProbeStep step : report.steps()) {
            String result = switch (step.result()) {
                case OK -> "ok";
                case FAILED -> "FAILED";
                case SKIPPED -> "skipped";
            };
            output.line(String.format(
                    Locale.ROOT,
                    "%-9s  %-7s  %s%s",
                    step.name(),
                    result,
                    step.seen(),
                    step.advice().map(toDo -> " -> " + toDo).orElse("")));
        }
    }
}
