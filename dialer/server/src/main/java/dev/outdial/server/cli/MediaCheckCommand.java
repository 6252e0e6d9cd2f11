package dev.outdial.server.cli;

import dev.outdial.dialer.AudioCheck;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial media check}: what will be heard of a file. */
@Command(
        name = "check",
        description = "Says what a callee will hear of a file: its level, its silence, what is cut off.",
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:it can be played", " 1:it cannot; standard error says why", "64:wrong usage"})
final class MediaCheckCommand implements Callable<Integer> {
    private static final int UNPLAYABLE = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE|URL", description = "MP3, WAV or OGG, on this machine or a web server")
    private String source = "";

    @Mixin
    private FetchFlags fetch = new FetchFlags();

    @Option(names = "--json", description = "one JSON object on standard output")
    private boolean json;

    @Option(
            names = "--out",
            paramLabel = "FILE.wav",
            description = "write what the callee hears: mixed, 8 kHz, through G.711")
    private @Nullable Path out;

    @Option(
            names = "--level",
            description = "write it as 'call --level' plays it: -19 LUFS, peaks below -1 dB; for --out")
    private boolean level;

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), json);
        if (level && out == null) {
            throw new UsageException("--level is for an --out file, and there is none");
        }
        AudioClip clip = clip();
        try {
            AudioCheck check = check(clip);
            output.result(MediaCheckReport.of(clip.source().toString(), check), () -> print(check, output));
            return 0;
        } catch (DialerException unplayable) {
            output.note("outdial: " + unplayable.getMessage() + System.lineSeparator());
            return UNPLAYABLE;
        }
    }

    private AudioCheck check(AudioClip clip) {
        if (clip.source() instanceof AudioClip.FromFile) {
            AudioCheck check = AudioCheck.of(clip);
            if (out != null) {
                AudioCheck.writeHeard(clip, out);
            }
            return check;
        }
        // What is not in a file is come by as a call comes by it.
        try (Dialer dialer = Dialer.start(fetch.fetching(DialerConfig.of().withoutTracing()))) {
            AudioCheck check = dialer.check(clip);
            if (out != null) {
                dialer.writeHeard(clip, out);
            }
            return check;
        }
    }

    private AudioClip clip() {
        try {
            return new AudioClip(SoundNames.source(source), 1, 0, level);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    private static void print(AudioCheck check, Output output) {
        output.line(String.format(
                Locale.ROOT,
                "format     %s, %d Hz, %s",
                check.format(),
                check.sampleRate(),
                check.channels() == 1 ? "mono" : check.channels() + " channels"));
        output.line(String.format(Locale.ROOT, "duration   %.3f s", check.durationMillis() / 1000.0));
        output.line(String.format(
                Locale.ROOT,
                "level      %.1f dB, loudness %.1f LUFS, peak %.1f dB",
                check.levelDb(),
                check.loudnessLufs(),
                check.peakDb()));
        output.line("silence    " + check.silenceAtStartMillis() + " ms at the start, " + check.silenceAtEndMillis()
                + " ms at the end");
        output.line("clipping   " + (check.clippedSamples() == 0 ? "none" : check.clippedSamples() + " samples"));
        output.line("bandwidth  " + check.bandwidthHz() + " Hz");
        output.line(String.format(Locale.ROOT, "dc offset  %.4f", check.dcOffset()));
    }
}
