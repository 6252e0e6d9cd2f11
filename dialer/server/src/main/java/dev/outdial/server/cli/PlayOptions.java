package dev.outdial.server.cli;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is played on a call and how long it is held; shared by {@code call} and {@code load}. */
final class PlayOptions {
    private static final Duration BESIDE_THE_HOLD = Duration.ofHours(1);

    @Option(names = "--play", paramLabel = "FILE", description = "MP3, WAV or OGG to play; repeatable, in order")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "stay on the line this long after the rest")
    private Duration hold = Duration.ZERO;

    @Option(names = "--json", description = "one JSON object on standard output, everything else on standard error")
    private boolean json;

    /** A call that may last as long as it is to be held, and an hour for the rest. */
    DialRequest allowing(DialRequest request) {
        return allowing(request, Duration.ZERO);
    }

    /** The same with some time more. */
    DialRequest allowing(DialRequest request, Duration more) {
        return request.lastingAtMost(BESIDE_THE_HOLD.plus(hold).plus(more));
    }

    Duration hold() {
        return hold;
    }

    boolean json() {
        return json;
    }

    /** Decodes all files before anybody is called: a file that cannot be played is no reason to ring a phone. */
    List<AudioClip> load(Dialer dialer) throws InterruptedException {
        List<AudioClip> clips = new ArrayList<>();
        for (Path file : files) {
            AudioClip clip = AudioClip.of(file);
            try {
                dialer.load(clip);
            } catch (DialerException unplayable) {
                throw new UsageException("--play: " + unplayable.getMessage());
            }
            clips.add(clip);
        }
        return clips;
    }
}
