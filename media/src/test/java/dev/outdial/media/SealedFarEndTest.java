package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.media.srtp.SrtpSession;
import dev.outdial.media.srtp.SrtpSuite;
import dev.outdial.media.srtp.SrtpTerms;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session that offered keys, and a scripted far end with keys of its own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SealedFarEndTest {
    private static final Pattern OUR_KEY = Pattern.compile("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:(\\S{40})");
    private static final int FAR_SSRC = 77;

    private final MediaEngine engine = MediaEngine.open(new MediaConfig(22_850, 22_859, OptionalLong.of(9)));
    private final BlockingQueue<MediaEvent> events = new LinkedBlockingQueue<>();
    private final DatagramSocket far = new DatagramSocket(0, TappedPair.LOOPBACK);
    private final MediaSession session =
            engine.openSession(TappedPair.LOOPBACK, TappedPair.options(SrtpPolicy.OFFERED), events::add);
    private final SrtpKey farKey = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new Random(1));
    private final SrtpSession farSrtp;
    private int number;

    SealedFarEndTest() throws Exception {
        Matcher ours = OUR_KEY.matcher(new String(session.offer(), StandardCharsets.US_ASCII));
        assertThat(ours.find()).isTrue();
        byte[] key = Base64.getDecoder().decode(ours.group(1));
        farSrtp = new SrtpSession(new SrtpTerms(farKey, SrtpKey.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80, key)));
    }

    @AfterEach
    void close() {
        engine.close();
        far.close();
    }

    private byte[] description(String crypto) {
        return ("v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio " + far.getLocalPort()
                        + " RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n" + crypto)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] withKey() {
        return description("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + farKey.base64() + "\r\n");
    }

    private void send(ByteBuffer packet) throws Exception {
        byte[] bytes = Arrays.copyOf(packet.array(), packet.limit());
        far.send(new DatagramPacket(bytes, bytes.length, session.localRtp()));
    }

    /** A key that ends with its one packet. */
    private ByteBuffer key(int event) {
        number++;
        return ByteBuffer.allocate(100)
                .put((byte) 0x80)
                .put((byte) 101)
                .putShort((short) number)
                .putInt(number * 1000)
                .putInt(FAR_SSRC)
                .put(new byte[] {(byte) event, (byte) 0x8A, 3, 0})
                .flip();
    }

    private void press(int event, boolean sealed) throws Exception {
        ByteBuffer packet = key(event);
        if (sealed) farSrtp.protect(packet);
        send(packet);
    }

    private char nextKey() throws Exception {
        return ((MediaEvent.Digit) next(MediaEvent.Digit.class)).digit();
    }

    private MediaEvent next(Class<? extends MediaEvent> type) throws Exception {
        while (true) {
            MediaEvent event = events.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("waiting for %s", type.getSimpleName()).isNotNull();
            if (type.isInstance(event)) return event;
        }
    }

    /** Waits until the session has done all that it was told. */
    private void settle() throws InterruptedException {
        var done = new CountDownLatch(1);
        session.listen((samples, count, nowNanos) -> done.countDown());
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void beforeADescriptionNoKeysAreReadOutOfCiphertext() throws Exception {
        for (int i = 0; i < 50; i++) press(i % 10, true);
        assertThat(TappedPair.end(session).received().rejected()).isEqualTo(50);
        assertThat(events).isEmpty();
    }

    @Test
    void earlyMediaIsHeardWithTheKeyOfItsDescriptionAndGoesOnWithTheAnswer() throws Exception {
        assertThat(session.early("leg", withKey())).isInstanceOf(Agreed.class);
        settle();
        press(5, true);
        press(6, false);
        press(7, true);
        assertThat(nextKey()).isEqualTo('5');
        assertThat(nextKey()).isEqualTo('7');
        assertThat(session.answered(withKey())).isInstanceOf(Agreed.class);
        press(8, true);
        assertThat(nextKey()).isEqualTo('8');
        assertThat(TappedPair.end(session).received().rejected()).isEqualTo(1);
    }

    @Test
    void earlyMediaOfAFarEndWithoutKeysIsHeard() throws Exception {
        session.early("leg", description(""));
        settle();
        press(3, false);
        assertThat(nextKey()).isEqualTo('3');
    }

    @Test
    void sealedReportsOnTheSoundsPortAreHeardAndForgedOnesAreNot() throws Exception {
        session.answered(withKey());
        settle();
        press(1, true);
        assertThat(nextKey()).isEqualTo('1');
        var bye = ByteBuffer.allocate(64).putInt(0x80C90001).putInt(FAR_SSRC);
        send(bye.putInt(0x81CB0001).putInt(FAR_SSRC).flip());
        press(2, true);
        assertThat(nextKey()).isEqualTo('2');
        assertThat(events).noneMatch(event -> event instanceof MediaEvent.RemoteBye);
        farSrtp.protectRtcp(bye);
        send(bye);
        next(MediaEvent.RemoteBye.class);
        assertThat(TappedPair.end(session).received().rejected()).isEqualTo(1);
    }
}
