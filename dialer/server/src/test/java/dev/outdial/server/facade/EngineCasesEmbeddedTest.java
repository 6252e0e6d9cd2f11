package dev.outdial.server.facade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The acceptance case of the embedded API: no HTTP. */
@Tag("slow")
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class EngineCasesEmbeddedTest {
    @Test
    @DisplayName(
            "E14: a call is placed, answered, played to and hung up without HTTP, and its listener hears all in order")
    void e14(@TempDir Path folder) throws Exception {
        Path sound = folder.resolve("tone.wav");
        WavFile.write(sound, new Tones(0.3, 1000).samples(1000));
        var persona = Persona.of("rings, answers and stays", new Step.Ring(), new Step.Answer());
        List<CallEvent> events = new CopyOnWriteArrayList<>();
        var over = new CountDownLatch(1);
        try (var trunk = LoopbackTrunk.builder()
                        .user("alice", "wonder")
                        .dialPlan(DialPlan.empty().with("2000", persona))
                        .start();
                Dialer dialer = Dialer.start(DialerConfig.of(Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port())
                        .withPassword("wonder")))) {
            Call call = dialer.dial(DialRequest.over("carrier", "2000"), event -> {
                events.add(event);
                if (event instanceof CallEvent.Ended) over.countDown();
            });
            assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
            assertThat(call.play(AudioClip.of(sound)).whole()).isTrue();
            call.hangUp();
            assertThat(call.awaitEnd().kind()).isEqualTo(OutcomeKind.COMPLETED);
            assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();

            TrunkCall heard = trunk.awaitEnd(call.id(), FacadeBench.SOON).orElseThrow();
            assertThat(heard.glance())
                    .containsSubsequence("> INVITE", "< 180 Ringing", "< 200 OK", "> ACK", "> BYE", "< 200 OK")
                    .endsWith("> BYE", "< 200 OK");
            assertThat(FacadeBench.millisOf(1000, heard)).isBetween(950L, 1050L);
            assertThat(heard.media().orElseThrow().received().isClean()).isTrue();
        }
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Sent", "Ringing", "Answered", "Played", "Ended");
    }
}
