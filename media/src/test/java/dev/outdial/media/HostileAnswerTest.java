package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.Negotiation.Declined;
import dev.outdial.media.sdp.PayloadTypes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One far end's answer must never reach the media of the other calls. */
@Timeout(20)
class HostileAnswerTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final MediaEngine engine = MediaEngine.open(new MediaConfig(22_400, 22_499, OptionalLong.of(1)));

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    private static void awaitKey(BlockingQueue<MediaEvent> events) throws Exception {
        MediaEvent event;
        do {
            event = events.poll(5, TimeUnit.SECONDS);
            assertThat(event).as("waiting for a key").isNotNull();
        } while (!(event instanceof MediaEvent.Digit));
    }

    @Test
    void anAnswerWithAnAddressOfTheOtherFamilyIsDeclined() throws Exception {
        MediaSession session = engine.openSession(LOOPBACK, event -> {});
        byte[] answer =
                "v=0\r\nc=IN IP6 2001:db8::1\r\nm=audio 40000 RTP/AVP 0\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(session.answered(answer)).isInstanceOf(Declined.class);
        assertThat(session.early("leg", answer)).isInstanceOf(Declined.class);
    }

    @Test
    void termsThatNoSocketCanServeHarmNoOtherSession() throws Exception {
        var events = new LinkedBlockingQueue<MediaEvent>();
        MediaSession good = engine.openSession(LOOPBACK, events::add);
        good.answered(good.offer());
        MediaSession bad = engine.openSession(LOOPBACK, event -> {});
        InetAddress other = InetAddress.getAllByName("2001:db8::1")[0];
        bad.agree(new Agreed(
                AudioCodec.PCMU,
                0,
                OptionalInt.empty(),
                OptionalInt.empty(),
                PayloadTypes.NONE,
                20,
                new InetSocketAddress(other, 40_000),
                new InetSocketAddress(other, 40_001),
                true,
                true,
                Optional.empty()));
        // A key takes 160 ms: until it is heard the other session has had its turn several times.
        good.sendDigits("1");
        awaitKey(events);
        MediaStatistics ofBad = bad.finish().toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertThat(ofBad.sent().packets()).isZero();
        assertThat(ofBad.sent().unsent()).isPositive();
        good.sendDigits("2");
        awaitKey(events);
        assertThat(engine.portsInUse()).isEqualTo(1);
    }

    @Test
    void aListenerThatFailsHarmsNeitherItsSessionNorItsEnd() throws Exception {
        MediaSession session = engine.openSession(LOOPBACK, event -> {
            throw new IllegalStateException("a fault of the listener");
        });
        session.answered(session.offer());
        session.play(EncodedClip.of(AudioCodec.PCMU, 20, new byte[80_000]));
        session.finish().toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertThat(engine.portsInUse()).isZero();
    }
}
