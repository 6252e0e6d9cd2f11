package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.sound.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peers among themselves, without us: what they cannot hear from each other they cannot judge in our calls. */
@Tag("interop")
class FixturesTest {
    @TempDir
    Path folder;

    @Test
    void baresipRecordsToTheSampleWhatSippStreamsAndItsKeysAreInTheCapture() throws IOException {
        var source = Arrays.copyOf(Prompt.WELCOME_WAV.reference(), 4 * Sound.SAMPLE_RATE);
        var speech = Files.write(folder.resolve("speech.ul"), G711.MU_LAW.encode(source));
        try (var baresip = Baresip.start(folder);
                var capture = Capture.start(folder, baresip.firstMediaPort(), Baresip.MEDIA_PORTS, baresip.sipPort());
                var sipp = Sipp.speaker(folder, "calls-and-speaks", speech, "callee", baresip.sipPort())) {
            baresip.awaitCall();
            baresip.press("5");
            baresip.press("9#");
            sipp.awaitScenario();
            baresip.awaitEndOfCall();
            capture.stop();

            Verdict.isWhole("sipp's speech recorded by baresip", source, baresip.recording());

            var toBaresip = Media.to(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS);
            Verdict.isWhole("sipp's speech captured", source, toBaresip.sound());
            assertThat(toBaresip.disorder()).isEmpty();

            var fromBaresip = Media.from(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS);
            assertThat(fromBaresip.keys()).isEqualTo("59#");
            assertThat(capture.rtpStreams()).hasSize(2).allMatch(stream -> stream.lost() == 0);
        }
    }

    @Test
    void kamailioChallengesARegistrationAndACallAndForwardsItToItsFixedCallee() {
        int calleePort = Ports.single();
        try (var callee = Sipp.callee(folder, "answers-and-presses", calleePort);
                var proxy = Kamailio.start(folder, calleePort);
                var capture =
                        Capture.start(folder, callee.mediaPort(), Sipp.MEDIA_PORTS, proxy.port(), callee.sipPort());
                var caller = Sipp.caller(folder, "registers-and-calls", Kamailio.FIXED_NUMBER, proxy.port())) {
            caller.awaitScenario();
            callee.awaitScenario();

            assertThat(capture.sipNames()).contains("401", "407", "180", "200", "BYE");
            assertThat(Media.from(capture, callee.mediaPort(), Sipp.MEDIA_PORTS).keys())
                    .isEqualTo(Sipp.KEYS);
        }
    }

    @Test
    void kamailioForwardsToABaresipThatHasRegisteredOverTcpToo() {
        try (var proxy = Kamailio.start(folder, Ports.single());
                var baresip = Baresip.registered(folder, proxy, "bob");
                var capture = Capture.start(
                        folder, baresip.firstMediaPort(), Baresip.MEDIA_PORTS, proxy.port(), baresip.sipPort());
                var caller = Sipp.caller(folder, "registers-and-calls", "bob", proxy.port(), "-t", "t1")) {
            caller.awaitScenario();
            baresip.awaitEndOfCall();

            assertThat(capture.sipNames()).contains("401", "407", "200", "BYE");
            assertThat(Media.from(capture, baresip.firstMediaPort(), Baresip.MEDIA_PORTS)
                            .packets())
                    .isNotEmpty();
        }
    }

    @Test
    void aBusySippIsBusyAndOneThatIsCalledOtherwiseThanWrittenSaysSo() {
        try (var callee = Sipp.callee(folder, "busy");
                var caller =
                        Sipp.caller(folder, "registers-and-calls", "callee", callee.sipPort(), "-max_retrans", "2")) {
            assertThatThrownBy(caller::awaitScenario)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("REGISTER");
        }
    }
}
