package dev.outdial.media.fuzz;

import dev.outdial.media.file.OggChecksums;
import dev.outdial.media.file.Samples;
import java.util.List;
import java.util.stream.Stream;

/** Anything as Ogg, as it is and behind good checksums, which let damage through to Vorbis and Opus. */
public final class OggTarget {
    private OggTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        AudioReading.read(input);
        AudioReading.read(OggChecksums.repaired(input));
    }

    static List<byte[]> seeds() {
        return Stream.of("vorbis.ogg", "celt-stereo.opus", "silk-mono.opus")
                .map(Samples::bytes)
                .toList();
    }
}
