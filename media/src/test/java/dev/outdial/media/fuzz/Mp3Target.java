package dev.outdial.media.fuzz;

import dev.outdial.media.file.Samples;
import java.util.List;
import java.util.stream.Stream;

/** Anything as MP3: what a frame says and what its bits say. */
public final class Mp3Target {
    private Mp3Target() {}

    public static void fuzzerTestOneInput(byte[] input) {
        AudioReading.read(input);
    }

    static List<byte[]> seeds() {
        return Stream.of("mpeg1-stereo.mp3", "mpeg2-stereo.mp3", "mpeg25-mono.mp3", "no-tag.mp3")
                .map(Samples::bytes)
                .toList();
    }
}
