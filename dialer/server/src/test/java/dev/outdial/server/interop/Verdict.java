package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.probe.SoundComparison;
import java.util.Arrays;

/** What has to be true of every message that was heard and of every stream that was sent. */
final class Verdict {
    private Verdict() {}

    /**
     * SNR of 30 dB at least, as long as the sound but for 20 ms, no frame missing, doubled or shifted, and nothing else
     * to be heard, neither in the pauses nor before or after.
     */
    static void isWhole(String where, short[] sound, short[] heard) {
        var comparison = SoundComparison.compare(heard, sound);
        System.out.println(where + ": " + comparison);
        assertThat(comparison.whole()).as(where + ": " + comparison).isTrue();
        assertThat(comparison.foreignMillis()).as(where + ": " + comparison).isZero();
    }

    /** The sound so many times, each beginning in the very sample after the one before: SNR of 30 dB at least in each. */
    static void isRepeated(String where, short[] sound, int times, short[] heard) {
        // Where sounds repeat, only the first has a beginning that can be found.
        var first = SoundComparison.compare(Arrays.copyOf(heard, sound.length + 8_000), sound);
        assertThat(first.whole()).as(where + ": " + first).isTrue();
        for (int n = 0; n < times; n++) {
            double signal = 0;
            double noise = 0;
            for (int i = 0; i < sound.length; i++) {
                int at = first.offsetSamples() + n * sound.length + i;
                double difference = sound[i] - (at >= 0 && at < heard.length ? heard[at] : 0);
                signal += (double) sound[i] * sound[i];
                noise += difference * difference;
            }
            assertThat(10 * Math.log10(signal / noise))
                    .as(where + ", number " + (n + 1))
                    .isGreaterThan(SoundComparison.LEAST_SNR_DB);
        }
    }

    /** One SSRC, no packet lost or out of order, timestamps in steps of 160; by our own count and by tshark's. */
    static void isOrderly(Capture capture, int firstMediaPort, int mediaPorts) {
        var media = Media.to(capture, firstMediaPort, mediaPorts);
        assertThat(media.packets()).isNotEmpty();
        assertThat(media.sources()).hasSize(1);
        assertThat(media.disorder()).isEmpty();
        var streams = capture.rtpStreams().stream()
                .filter(s -> s.destinationPort() >= firstMediaPort && s.destinationPort() < firstMediaPort + mediaPorts)
                .toList();
        assertThat(streams).singleElement().satisfies(stream -> {
            assertThat(stream.lost()).isZero();
            assertThat(stream.packets()).isEqualTo(media.packets().size());
        });
    }
}
