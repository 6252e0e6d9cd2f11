package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls straight to a baresip. */
@Tag("interop")
class BaresipCallTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Prompt.class)
    void aFileIsHeardWholeAndTheKeysPressedMeanwhileAreReportedOnceEach(Prompt prompt) throws IOException {
        var file = prompt.copyTo(folder);
        try (var baresip = Baresip.start(folder);
                var capture = Capture.start(folder, baresip.firstMediaPort(), Baresip.MEDIA_PORTS, baresip.sipPort());
                var outdial = Outdial.call(
                        folder, baresip.uri(), "--play", file.toString(), "--collect", "4", "--within", "5s")) {
            baresip.awaitCall();
            baresip.press("15");
            baresip.press("5#");
            var result = outdial.awaitResult();
            baresip.awaitEndOfCall();
            capture.stop();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.exitStatus()).isZero();
            assertThat(result.json().path("played").path("whole").asBoolean())
                    .as(result.toString())
                    .isTrue();
            assertThat(result.text("endedBy")).isEqualTo("local");
            assertThat(result.text("codec")).containsIgnoringCase("PCMU");
            assertThat(result.text("digits")).as(result.toString()).isEqualTo("155#");

            var sound = Ffmpeg.decode(file);
            Verdict.isWhole(
                    prompt.fileName() + " captured",
                    sound,
                    Media.to(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS)
                            .sound());
            Verdict.isWhole(prompt.fileName() + " recorded by baresip", sound, baresip.recording());
            Verdict.isOrderly(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS);
        }
    }

    @Test
    void keysThatWePressAreHeardOnceEach() {
        try (var baresip = Baresip.start(folder);
                var capture = Capture.start(folder, baresip.firstMediaPort(), Baresip.MEDIA_PORTS, baresip.sipPort());
                var outdial = Outdial.call(folder, baresip.uri(), "--send-digits", "1234#", "--hold", "1s")) {
            var result = outdial.awaitResult();
            baresip.awaitEndOfCall();
            capture.stop();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(Media.to(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS)
                            .keys())
                    .isEqualTo("1234#");
            assertThat(baresip.keysHeard()).as(baresip.log()).isEqualTo("1234#");
            Verdict.isOrderly(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS);
        }
    }

    @Test
    void whatBaresipSaysIsRecorded() {
        var recording = folder.resolve("heard.wav");
        try (var baresip = Baresip.start(folder);
                var outdial = Outdial.call(folder, baresip.uri(), "--record", recording.toString(), "--hold", "3s")) {
            var result = outdial.awaitResult();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            var heard = Ffmpeg.decode(recording);
            assertThat(heard.length).isBetween(8_000 * 2, 8_000 * 4);
            // baresip's tone crosses zero upwards as many times a second as it has hertz, here in the second second.
            int crossings = 0;
            for (int i = 8_000; i < 16_000; i++) {
                if (heard[i - 1] < 0 && heard[i] >= 0) crossings++;
            }
            assertThat(crossings).isBetween(Baresip.TONE_HERTZ - 5, Baresip.TONE_HERTZ + 5);
        }
    }

    @ParameterizedTest
    @CsvSource({"G722,G722/16000", "OPUS,opus/48000/2"})
    void itsToneAndKeysAreHeardAndOursToo(String codec, String itsName) {
        var recording = folder.resolve("heard.wav");
        try (var baresip = Baresip.speaking(folder, itsName);
                var outdial = LocalOutdial.call(
                        baresip.uri(),
                        "--codec",
                        codec,
                        "--record",
                        recording.toString(),
                        "--send-digits",
                        "42#",
                        "--collect",
                        "2",
                        "--within",
                        "8s")) {
            baresip.awaitCall();
            baresip.press("15");
            var result = outdial.awaitResult();
            baresip.awaitEndOfCall();

            assertThat(result.text("outcome")).as(result + baresip.log()).isEqualTo("completed");
            assertThat(result.text("codec")).isEqualTo(codec);
            assertThat(result.text("digits")).as(baresip.log()).isEqualTo("15");
            assertThat(baresip.keysHeard()).as(baresip.log()).isEqualTo("42#");
            var heard = Ffmpeg.decode(recording);
            int crossings = 0;
            // Four tenths of a second; the call ends with the keys.
            for (int i = 1_600; i < 4_800; i++) {
                if (heard[i - 1] < 0 && heard[i] >= 0) crossings++;
            }
            assertThat(crossings).isBetween(Baresip.TONE_HERTZ * 2 / 5 - 3, Baresip.TONE_HERTZ * 2 / 5 + 3);
        }
    }

    @Test
    void aBaresipThatCallsUsHoldsAndResumesAndIsHeardAllTheSame() {
        int port = Ports.single();
        try (var baresip = Baresip.start(folder);
                var outdial = LocalOutdial.answer(
                        port, baresip.sipPort(), "--ring-for", "200ms", "--hold", "30s", "--calls", "1")) {
            baresip.dial("sip:outdial@127.0.0.1:" + port);
            baresip.awaitCall();
            outdial.awaitLine("answered");
            baresip.hold();
            outdial.awaitLine("the far end put us on hold");
            baresip.resume();
            outdial.awaitLine("the far end took us off hold");
            baresip.press("42");
            outdial.awaitLine("pressed 2");
            baresip.hangUp();
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("endedBy")).isEqualTo("remote");
            assertThat(result.text("digits")).isEqualTo("42");
        }
    }

    @Test
    void overTlsABaresipIsPutOnHoldAndOffItAgain() {
        try (var baresip = Baresip.overTls(folder);
                var outdial = LocalOutdial.call(
                        baresip.tlsUri(),
                        "--tls-trust",
                        TlsKey.KEY.certificate().toString(),
                        "--park",
                        "1s",
                        "--collect",
                        "1")) {
            baresip.awaitCall();
            baresip.press("1");
            outdial.awaitLine("the far end is off hold");
            var result = outdial.awaitResult();
            baresip.awaitEndOfCall();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("digits")).isEqualTo("1");
            assertThat(result.errors()).as(baresip.log()).anyMatch(line -> line.contains("the far end is on hold"));
        }
    }
}
