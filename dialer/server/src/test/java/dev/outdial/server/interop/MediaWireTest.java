package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others think of our RTP and RTCP: baresip with and without keys, sipp as an echo, tshark on the wire between. */
@Tag("interop")
@Isolated("looks at times")
class MediaWireTest {
    private static final int FIRST_PORT = 21_000;
    private static final int LAST_PORT = 21_019;
    private static final String OUR_PORTS = FIRST_PORT + "-" + LAST_PORT;

    /** A sender report with a source's description; the last one says good-bye as well. */
    private static final String REPORT = "200,202";

    @TempDir
    Path folder;

    @Test
    void inTwoMinutesNoPacketIsMissingAndTheClockDoesNotDrift() throws IOException {
        // Not resampled, so that its length is known to the sample.
        short[] sound = Prompt.WELCOME_WAV.reference();
        var file = folder.resolve("message.wav");
        WavFile.write(file, sound);
        int times = 120 * 8_000 / sound.length;
        try (var baresip = Baresip.start(folder);
                var capture = Capture.start(folder, baresip.firstMediaPort(), Baresip.MEDIA_PORTS, baresip.sipPort());
                var outdial = Outdial.call(
                        folder,
                        baresip.uri(),
                        "--play",
                        file.toString(),
                        "--repeat",
                        Integer.toString(times),
                        "--rtp-ports",
                        OUR_PORTS)) {
            var result = outdial.awaitResult();
            baresip.awaitEndOfCall();
            capture.stop();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("endedBy")).as(result.toString()).isEqualTo("local");
            assertThat(result.json().path("rtp").path("mos").asDouble()).isGreaterThan(4.2);
            assertThat(result.json().path("rtp").path("lost").asInt()).isZero();
            assertThat(result.json().path("rtp").path("remoteLost").asInt()).isZero();
            var media = Media.to(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS);
            Verdict.isOrderly(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS);
            // The prompt's length is no whole number of packets: what is heard shows that nothing stands between the
            // plays.
            Verdict.isRepeated("two minutes captured", sound, times, media.sound());
            Verdict.isRepeated("two minutes recorded by baresip", sound, times, baresip.recording());
            // Less than 60 ms in the two minutes; where the machine stood still, that is in few of the stretches.
            assertThat(media.usualPaceSeconds()).isCloseTo(0.02, within(0.000_01));
            assertThat(capture.malformed()).isEmpty();
            assertThat(capture.codePointsFrom(FIRST_PORT, LAST_PORT)).containsExactly("46");
            var reports = capture.rtcpFrom(FIRST_PORT + 1);
            // Every 5 s on average, the first after half of that (RFC 3550 section 6.2).
            assertThat(reports.size()).isBetween(15, 45);
            assertThat(reports.subList(0, reports.size() - 1)).containsOnly(REPORT);
            assertThat(reports.getLast()).isEqualTo(REPORT + ",203");
        }
    }

    @ParameterizedTest
    @CsvSource({"offered,srtp", "required,srtp", "required,srtp-mand"})
    void anEncryptedCallIsHeardWholeByBothEndsAndByNobodyElse(String ours, String theirs) throws IOException {
        var file = Prompt.WELCOME_WAV.copyTo(folder);
        var recording = folder.resolve("heard.wav");
        try (var baresip = Baresip.encrypting(folder, theirs);
                var capture = Capture.start(folder, baresip.firstMediaPort(), Baresip.MEDIA_PORTS, baresip.sipPort());
                var outdial = Outdial.call(
                        folder,
                        baresip.uri(),
                        "--srtp",
                        ours,
                        "--play",
                        file.toString(),
                        "--record",
                        recording.toString(),
                        "--collect",
                        "2",
                        "--within",
                        "5s")) {
            baresip.awaitCall();
            baresip.press("42");
            var result = outdial.awaitResult();
            baresip.awaitEndOfCall();
            capture.stop();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("digits")).as(result.toString()).isEqualTo("42");
            assertThat(result.json().path("encrypted").asBoolean()).isTrue();
            // What outran the answer had no key yet: two seconds of the call's ten at most.
            assertThat(result.json().path("rtp").path("rejected").asLong()).isLessThan(100);
            var sound = Ffmpeg.decode(file);
            var media = Media.to(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS);
            // The tag of ten bytes behind each packet is what a stranger takes for sound.
            assertThat(media.packets())
                    .allSatisfy(packet ->
                            assertThat(packet.content().payloadByteLength()).isEqualTo(170));
            Verdict.isWhole("encrypted, recorded by baresip", sound, baresip.recording());
            var heard = Ffmpeg.decode(recording);
            int crossings = 0;
            for (int i = 8_000; i < 16_000; i++) if (heard[i - 1] < 0 && heard[i] >= 0) crossings++;
            assertThat(crossings).isBetween(Baresip.TONE_HERTZ - 5, Baresip.TONE_HERTZ + 5);
        }
    }

    @Test
    void aPhoneWithoutKeysIsSpokenToInClearWhereThatIsAllowed() throws IOException {
        var file = Prompt.WELCOME_WAV.copyTo(folder);
        try (var baresip = Baresip.start(folder);
                var outdial = Outdial.call(folder, baresip.uri(), "--srtp", "offered", "--play", file.toString())) {
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            Verdict.isWhole("in clear, recorded by baresip", Ffmpeg.decode(file), baresip.recording());
        }
    }

    @Test
    void whereKeysAreRequiredNobodyIsSpokenToInClear() {
        try (var baresip = Baresip.start(folder);
                var capture = Capture.start(folder, baresip.firstMediaPort(), Baresip.MEDIA_PORTS, baresip.sipPort());
                var outdial = Outdial.call(folder, baresip.uri(), "--srtp", "required", "--hold", "1s")) {
            var result = outdial.awaitResult();
            capture.stop();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("failed");
            assertThat(Media.to(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS)
                            .packets())
                    .isEmpty();
        }
    }

    @Test
    void whatSippEchoesIsWhatWeSaid() throws IOException {
        var file = Prompt.WELCOME_WAV.copyTo(folder);
        var recording = folder.resolve("echo.wav");
        try (var sipp = Sipp.callee(folder, "answers", Ports.single(), "-rtp_echo");
                var capture = Capture.start(folder, sipp.mediaPort(), Sipp.MEDIA_PORTS, sipp.sipPort());
                var outdial = Outdial.call(
                        folder,
                        sipp.uri(),
                        "--play",
                        file.toString(),
                        "--record",
                        recording.toString(),
                        "--hold",
                        "500ms")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();
            capture.stop();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(result.json().path("rtp").path("lost").asInt()).isZero();
            Verdict.isWhole("echoed by sipp", Ffmpeg.decode(file), Ffmpeg.decode(recording));
            assertThat(List.copyOf(Media.to(capture, sipp.mediaPort(), Sipp.MEDIA_PORTS)
                            .disorder()))
                    .isEmpty();
        }
    }

    @Test
    void aCallWhoseFarEndNeverSendsIsGivenUpAfterTheRtpTimeout() {
        try (var sipp = Sipp.callee(folder, "answers");
                var outdial = Outdial.call(folder, sipp.uri(), "--rtp-timeout", "3s", "--hold", "30s")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("failed");
            assertThat(result.text("endedBy")).isEqualTo("remote");
            assertThat(result.text("reason")).contains("nothing was heard from the far end for 3.0 s");
            assertThat(result.json().path("talkMillis").asLong()).isBetween(2_900L, 6_000L);
            assertThat(result.json().path("rtp").path("mos").isNull()).isTrue();
        }
    }
}
