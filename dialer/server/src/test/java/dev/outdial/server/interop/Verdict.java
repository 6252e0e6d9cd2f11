package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.probe.SoundComparison;

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
