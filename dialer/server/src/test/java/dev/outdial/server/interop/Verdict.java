package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

/** What has to be true of every message that was heard and of every stream that was sent. */
final class Verdict {
    private static final double LEAST_SNR_DECIBELS = 30;
    private static final double TOLERATED_MILLIS = 20;

    private Verdict() {}

    static void isWhole(String where, short[] sound, short[] heard) {
        var alignment = Alignment.of(sound, heard);
        System.out.println(where + ": " + alignment);
        assertThat(alignment.damagedFrames()).as(where + ": " + alignment).isEmpty();
        assertThat(alignment.snrDecibels()).as(where + ": " + alignment).isGreaterThanOrEqualTo(LEAST_SNR_DECIBELS);
        assertThat(Math.abs(alignment.lengthDifferenceMillis()))
                .as(where + ": " + alignment)
                .isLessThanOrEqualTo(TOLERATED_MILLIS);
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
