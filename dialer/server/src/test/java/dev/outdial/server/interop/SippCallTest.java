package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls straight to a sipp, whose scenarios also do what a good phone never does. */
@Tag("interop")
class SippCallTest {
    @TempDir
    Path folder;

    @Test
    void aFileIsSentWholeAndTheKeysPressedMeanwhileAreReportedOnceEach() throws IOException {
        var file = Prompt.WELCOME_MP3.copyTo(folder);
        try (var sipp = Sipp.callee(folder, "answers-and-presses");
                var capture = Capture.start(folder, sipp.mediaPort(), Sipp.MEDIA_PORTS, sipp.sipPort());
                var outdial = Outdial.call(folder, sipp.uri(), "--play", file.toString())) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();
            capture.stop();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(result.text("outcome")).isEqualTo("completed");
            assertThat(result.text("digits")).as(result.toString()).isEqualTo(Sipp.KEYS);
            Verdict.isWhole(
                    "welcome.mp3 to sipp captured",
                    Ffmpeg.decode(file),
                    Media.to(capture, sipp.mediaPort(), Sipp.MEDIA_PORTS).sound());
            Verdict.isOrderly(capture, sipp.mediaPort(), Sipp.MEDIA_PORTS);
        }
    }

    @Test
    void keysThatWePressAreSentOnceEach() {
        try (var sipp = Sipp.callee(folder, "answers");
                var capture = Capture.start(folder, sipp.mediaPort(), Sipp.MEDIA_PORTS, sipp.sipPort());
                var outdial = Outdial.call(folder, sipp.uri(), "--send-digits", "1234#")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();
            capture.stop();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(Media.to(capture, sipp.mediaPort(), Sipp.MEDIA_PORTS).keys())
                    .isEqualTo("1234#");
            Verdict.isOrderly(capture, sipp.mediaPort(), Sipp.MEDIA_PORTS);
        }
    }

    @Test
    void aRetransmittedAnswerIsAcknowledgedAgainAndIsStillOneAnswer() {
        // -nr: else sipp takes the repeated ACKs, alike to the byte as they have to be, for a reason to repeat its 200.
        try (var sipp = Sipp.callee(folder, "answers-four-times", Ports.single(), "-nr");
                var capture = Capture.start(folder, sipp.mediaPort(), Sipp.MEDIA_PORTS, sipp.sipPort());
                var outdial = Outdial.call(folder, sipp.uri(), "--hold", "2s")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();
            capture.stop();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(result.text("outcome")).isEqualTo("completed");
            assertThat(result.errors().stream().filter(line -> line.contains("answered")))
                    .hasSize(1);
            assertThat(capture.sip().stream()
                            .map(Captured::content)
                            .filter(SipMessage::isRequest)
                            .map(SipMessage::method))
                    .as(capture.toString())
                    .containsExactlyInAnyOrder("INVITE", "ACK", "ACK", "ACK", "ACK", "BYE");
            Verdict.isOrderly(capture, sipp.mediaPort(), Sipp.MEDIA_PORTS);
        }
    }

    @Test
    void aBusyPhoneIsBusy() {
        try (var sipp = Sipp.callee(folder, "busy");
                var outdial = Outdial.call(folder, sipp.uri())) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();

            assertThat(result.exitStatus()).as(result.toString()).isEqualTo(10);
            assertThat(result.text("outcome")).isEqualTo("busy");
            assertThat(result.json().path("sipCode").asInt()).isEqualTo(486);
            assertThat(result.json().path("answered").asBoolean()).isFalse();
        }
    }

    @Test
    void aCallThatTheFarEndEndsWhileWePlayIsCompletedByTheFarEndAndNotHeardWhole() throws IOException {
        var file = Prompt.WELCOME_MP3.copyTo(folder);
        try (var sipp = Sipp.callee(folder, "hangs-up");
                var outdial = Outdial.call(folder, sipp.uri(), "--play", file.toString())) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(result.text("outcome")).isEqualTo("completed");
            assertThat(result.text("endedBy")).isEqualTo("remote");
            assertThat(result.json().path("played").path("whole").asBoolean()).isFalse();
            assertThat(result.json().path("talkMillis").asLong()).isBetween(2_500L, 4_000L);
        }
    }

    @Test
    void aCallThatNobodyAnswersIsCancelledWhenTheTimeToRingIsOver() {
        try (var sipp = Sipp.callee(folder, "never-answers");
                var outdial = Outdial.call(folder, sipp.uri(), "--ring-timeout", "2s")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();

            assertThat(result.exitStatus()).as(result.toString()).isEqualTo(11);
            assertThat(result.text("outcome")).isEqualTo("no-answer");
            assertThat(result.json().path("ringMillis").asLong()).isBetween(1_500L, 3_000L);
        }
    }

    @Test
    void anAnswerThatCrossesTheCancelIsAcknowledgedAndEnded() {
        try (var sipp = Sipp.callee(folder, "answers-into-cancel");
                var outdial = Outdial.call(folder, sipp.uri(), "--ring-timeout", "2s")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();

            assertThat(result.exitStatus()).as(result.toString()).isEqualTo(11);
            assertThat(result.text("outcome")).isEqualTo("no-answer");
        }
    }

    @Test
    void sigtermWhileItRingsCancels() {
        try (var sipp = Sipp.callee(folder, "never-answers");
                var outdial = Outdial.call(folder, sipp.uri())) {
            outdial.awaitRinging();
            outdial.terminate();
            sipp.awaitScenario();
            var result = outdial.awaitResult();

            assertThat(result.exitStatus()).as(result.toString()).isEqualTo(14);
            assertThat(result.text("outcome")).isEqualTo("canceled");
        }
    }
}
