package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.detect.ToneKind;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tones in the sound of whole calls. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class HeardTonesTest {
    private static final Persona RINGS_IN_EARLY_MEDIA = Persona.of(
            "rings in early media", new Step.EarlyMedia(), new Step.Wait(Duration.ofSeconds(9)), new Step.Refuse(486));

    @Tag("slow")
    @Test
    void ringbackInEarlyMediaIsToldOfBeforeTheAnswer() throws Exception {
        try (LoopbackTrunk trunk = LoopbackTrunk.builder()
                        .dialPlan(new DialPlan(Map.of("2001", RINGS_IN_EARLY_MEDIA), Optional.empty()))
                        .start();
                Dialer dialer = Dialer.start(DialerConfig.of(Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port())
                        .withoutRegistration()))) {
            var heard = new LinkedBlockingQueue<CallEvent.ToneHeard>();
            Call call = dialer.dial(DialRequest.over("carrier", "2001").listeningForTones("US"), event -> {
                if (event instanceof CallEvent.ToneHeard tone) heard.add(tone);
            });
            CallEvent.ToneHeard tone = heard.poll(30, TimeUnit.SECONDS);
            call.awaitEnd();
            assertThat(tone).isNotNull();
            assertThat(tone.kind()).isEqualTo(ToneKind.RINGBACK);
            assertThat(tone.early()).isTrue();
            // To the second ring, or to its end where the beginning of the first one is lost.
            assertThat(tone.durationMillis()).isBetween(5800L, 8200L);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void aCountryThatIsNotKnownIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> DialRequest.over("carrier", "2001").listeningForTones("XX"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("XX")
                .hasMessageContaining("GB");
    }
}
