package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.testbed.rtp.RtpPacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two far ends that are nothing but sockets, and a bridge between their sessions; time is told by the packets that come. */
@Tag("slow")
@Timeout(60)
class BridgeOnTheWireTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int LOUD = 5000;

    private final MediaEngine engine =
            MediaEngine.open(MediaConfig.of(22_920, 22_939).withSeed(3).withLoops(2));
    private final Far left = new Far();
    private final Far right = new Far();
    private MediaBridge bridge = engine.bridge(left.session, right.session, true);

    /** A far end: for each packet that comes it sends one. */
    private final class Far implements AutoCloseable {
        private final DatagramSocket socket;
        private final MediaSession session;
        private final List<RtpPacket> heard = new ArrayList<>();
        private AudioCodec codec = AudioCodec.PCMU;
        private int sequence = 100;
        private int level;
        private int keyPackets;

        Far() {
            try {
                socket = new DatagramSocket(0, LOOPBACK);
                socket.setSoTimeout(20_000);
                session = engine.openSession(LOOPBACK, event -> {});
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        void answer(AudioCodec next, String more) {
            codec = next;
            session.answered(("v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio " + socket.getLocalPort() + " RTP/AVP "
                            + next.payloadType() + " 101\r\na=rtpmap:101 telephone-event/8000\r\n" + more)
                    .getBytes(StandardCharsets.US_ASCII));
        }

        RtpPacket hear() throws IOException {
            var datagram = new DatagramPacket(new byte[1500], 1500);
            socket.receive(datagram);
            RtpPacket packet = RtpPacket.parse(Arrays.copyOf(datagram.getData(), datagram.getLength()))
                    .orElseThrow();
            heard.add(packet);
            return packet;
        }

        void say() throws IOException {
            RtpPacket packet;
            if (keyPackets > 0) {
                // The 5, for 60 ms, with its end three times.
                int step = 6 - keyPackets--;
                boolean end = step >= 3;
                byte[] key = {5, (byte) (end ? 0x8A : 0x0A), (byte) (Math.min(step, 2) * 160 + 160 >> 8), 0};
                key[3] = (byte) (Math.min(step, 2) * 160 + 160);
                long began = (sequence - step) * 160L;
                packet = new RtpPacket(101, step == 0, sequence, began, 77, key);
            } else {
                var samples = new short[160];
                // Half a packet each way: no offset, and loud.
                for (int i = 0; i < 160; i++) samples[i] = (short) (i / 4 % 2 == 0 ? level : -level);
                ByteBuffer payload = ByteBuffer.allocate(160);
                codec.encode(samples, 0, 160, payload);
                packet = new RtpPacket(codec.payloadType(), false, sequence, sequence * 160L, 77, payload.array());
            }
            sequence++;
            byte[] bytes = packet.toBytes();
            socket.send(new DatagramPacket(bytes, bytes.length, session.localRtp()));
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @BeforeEach
    void answer() {
        left.answer(AudioCodec.PCMU, "");
        right.answer(AudioCodec.PCMU, "");
    }

    @AfterEach
    void close() {
        engine.close();
        left.close();
        right.close();
        assertThat(engine.portsInUse()).isZero();
    }

    /** One packet time of both. */
    private void step() throws IOException {
        left.hear();
        left.say();
        right.hear();
        right.say();
    }

    private void steps(int count) throws IOException {
        for (int i = 0; i < count; i++) step();
    }

    private static boolean isLoud(RtpPacket packet) {
        AudioCodec codec = packet.payloadType() == 8 ? AudioCodec.PCMA : AudioCodec.PCMU;
        if (packet.payloadType() == 101) return false;
        var samples = new short[160];
        codec.decode(ByteBuffer.wrap(packet.payload()), 0, packet.payload().length, samples, 0);
        for (short sample : samples) if (Math.abs(sample) > LOUD) return true;
        return false;
    }

    private static long loud(Far far, int lastPackets) {
        return far.heard.stream()
                .skip(far.heard.size() - lastPackets)
                .filter(BridgeOnTheWireTest::isLoud)
                .count();
    }

    /** After how many packet times a packet that one says is heard by the other. */
    private int delayPackets(Far from, Far to) throws IOException {
        from.level = 20_000;
        int before = to.heard.size();
        step();
        from.level = 0;
        steps(12);
        int at = before;
        while (at < to.heard.size() && !isLoud(to.heard.get(at))) at++;
        return at - before;
    }

    @Test
    void aClickIsHeardWithinThreePacketTimesBothWays() throws Exception {
        steps(150);
        var delays = new ArrayList<Integer>();
        for (int i = 0; i < 6; i++) {
            delays.add(delayPackets(left, right));
            delays.add(delayPackets(right, left));
        }
        delays.sort(Integer::compare);
        // The click is sent after a packet was heard: the next one comes up to 20 ms later.
        assertThat(delays.get(delays.size() / 2)).as("%s", delays).isBetween(0, 3);
    }

    @Test
    void farEndsWithDifferentCodecsHearEachOtherAndAHoldOrAnotherCodecOfOneLeavesTheOther() throws Exception {
        right.answer(AudioCodec.PCMA, "");
        steps(20);
        left.level = 20_000;
        right.level = 20_000;
        steps(60);
        assertThat(loud(left, 30)).isGreaterThan(10);
        assertThat(loud(right, 30)).isGreaterThan(10);
        assertThat(right.heard.getLast().payloadType()).isEqualTo(8);
        left.answer(AudioCodec.PCMA, "");
        steps(60);
        assertThat(loud(left, 30)).isGreaterThan(10);
        assertThat(loud(right, 30)).isGreaterThan(10);
        // Who holds us hears nothing; the other hears it all the same.
        left.answer(AudioCodec.PCMA, "a=sendonly\r\n");
        for (int i = 0; i < 60; i++) {
            right.hear();
            right.say();
            left.say();
        }
        assertThat(loud(right, 30)).isGreaterThan(10);
        left.answer(AudioCodec.PCMU, "");
        left.heard.clear();
        steps(60);
        assertThat(loud(left, 30)).isGreaterThan(10);
    }

    @Test
    void aKeyIsPassedOnOnceAsATelephoneEvent() throws Exception {
        steps(20);
        left.keyPackets = 6;
        steps(60);
        assertThat(right.heard.stream().filter(packet -> packet.payloadType() == 101 && packet.marker()))
                .hasSize(1)
                .allMatch(packet -> packet.payload()[0] == 5);
        assertThat(left.heard).noneMatch(packet -> packet.payloadType() == 101);
    }

    @Test
    void aKeyDoesNotWaitForAClipWithoutAnEnd() throws Exception {
        steps(20);
        ByteBuffer codes = ByteBuffer.allocate(8000);
        AudioCodec.PCMU.encode(new short[8000], 0, 8000, codes);
        right.session.play(EncodedClip.of(AudioCodec.PCMU, 20, codes.array()), 0, 0);
        steps(10);
        left.keyPackets = 6;
        steps(40);
        assertThat(right.heard.stream().filter(packet -> packet.payloadType() == 101 && packet.marker()))
                .hasSize(1);
        // And the clip goes on.
        assertThat(right.heard.getLast().payloadType()).isZero();
    }

    @Test
    void whoIsMovedToAnotherLoopTakesTheOtherAlong() throws Exception {
        bridge.opened().toCompletableFuture().get(20, TimeUnit.SECONDS);
        MediaSession stranger = engine.openSession(LOOPBACK, event -> {});
        if (stranger.loop().equals(left.session.loop())) stranger = engine.openSession(LOOPBACK, event -> {});
        assertThat(stranger.loop()).isNotEqualTo(left.session.loop());
        engine.gather(stranger, left.session);
        assertThat(right.session.loop()).isEqualTo(stranger.loop());
        left.level = 20_000;
        right.level = 20_000;
        steps(60);
        assertThat(loud(left, 20)).isPositive();
        assertThat(loud(right, 20)).isPositive();
        // Taken apart, each goes its own way.
        bridge.close();
        MediaSession other = engine.openSession(LOOPBACK, event -> {});
        if (other.loop().equals(stranger.loop())) other = engine.openSession(LOOPBACK, event -> {});
        engine.gather(other, left.session);
        assertThat(right.session.loop()).isEqualTo(stranger.loop());
    }

    @Test
    void whereKeysAreNotPassedOnNoneIs() throws Exception {
        bridge.close();
        bridge = engine.bridge(left.session, right.session, false);
        steps(20);
        left.keyPackets = 6;
        steps(60);
        assertThat(right.heard).noneMatch(packet -> packet.payloadType() == 101);
    }

    @Test
    void whatIsPlayedToOneIsHeardByThatOneAloneOverTheOther() throws Exception {
        steps(20);
        left.level = 10_000;
        steps(40);
        var whisper = new short[8000];
        Arrays.fill(whisper, (short) 12_000);
        ByteBuffer codes = ByteBuffer.allocate(8000);
        AudioCodec.PCMU.encode(whisper, 0, 8000, codes);
        right.session.play(EncodedClip.of(AudioCodec.PCMU, 20, codes.array()));
        steps(40);
        var samples = new short[160];
        AudioCodec.PCMU.decode(ByteBuffer.wrap(right.heard.getLast().payload()), 0, 160, samples, 0);
        // 12,000 and ten thousand more or less.
        Arrays.sort(samples);
        assertThat(samples[0]).isBetween((short) 1000, (short) 3000);
        assertThat(samples[159]).isBetween((short) 21_000, (short) 23_500);
        assertThat(loud(left, 30)).isZero();
    }

    @Test
    void takenApartBothHearSilence() throws Exception {
        left.level = 20_000;
        right.level = 20_000;
        steps(60);
        assertThat(loud(left, 20)).isPositive();
        bridge.close();
        bridge.close();
        steps(60);
        assertThat(loud(left, 30)).isZero();
        assertThat(loud(right, 30)).isZero();
    }

    @Test
    void whenOneSessionEndsTheOtherGoesOnInSilence() throws Exception {
        left.level = 20_000;
        steps(60);
        left.session.finish().toCompletableFuture().get(20, TimeUnit.SECONDS);
        for (int i = 0; i < 60; i++) {
            right.hear();
            right.say();
        }
        assertThat(loud(right, 30)).isZero();
    }

    @Test
    void aSessionIsNotBridgedWithItselfNorWithAStranger() throws Exception {
        assertThatThrownBy(() -> engine.bridge(left.session, left.session, true))
                .isInstanceOf(IllegalArgumentException.class);
        try (MediaEngine other = MediaEngine.open(MediaConfig.of(22_940, 22_943))) {
            MediaSession stranger = other.openSession(LOOPBACK, event -> {});
            assertThatThrownBy(() -> engine.bridge(left.session, stranger, true))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void inAConferenceEachHearsTheOthersAndNotItself() throws Exception {
        bridge.close();
        MediaConference conference = engine.conference();
        Far third = new Far();
        third.answer(AudioCodec.PCMA, "");
        try (third) {
            conference.add(left.session);
            conference.add(right.session);
            conference.add(third.session);
            conference.add(third.session);
            assertThat(conference.size()).isEqualTo(3);
            left.level = 20_000;
            for (int i = 0; i < 60; i++) {
                step();
                third.hear();
                third.say();
            }
            assertThat(loud(left, 30)).isZero();
            assertThat(loud(right, 30)).isGreaterThan(5);
            assertThat(loud(third, 30)).isGreaterThan(5);
            conference.mute(left.session, true);
            for (int i = 0; i < 30; i++) {
                step();
                third.hear();
                third.say();
            }
            assertThat(loud(right, 10)).isZero();
            conference.mute(left.session, false);
            conference.remove(right.session);
            for (int i = 0; i < 40; i++) {
                step();
                third.hear();
                third.say();
            }
            assertThat(loud(right, 20)).isZero();
            assertThat(loud(third, 20)).isGreaterThan(8);
            conference.close();
            assertThat(conference.size()).isZero();
            assertThatThrownBy(() -> conference.add(left.session)).isInstanceOf(IllegalStateException.class);
        }
    }
}
