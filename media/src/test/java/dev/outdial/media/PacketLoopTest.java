package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpSender;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.testbed.rtp.RtpPacket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a far end sent goes back to it, in simulated packet times. */
class PacketLoopTest {
    private static final int FAR_SSRC = 77;

    private final IncomingStream incoming =
            new IncomingStream(new RtpReceiver(), SimulatedPair.RECEIVE, SessionOptions.DEFAULT, event -> {});
    private final OutgoingStream outgoing = new OutgoingStream(new RtpSender(new Random(1)), event -> {});
    private final List<RtpPacket> left = new ArrayList<>();
    private long nowNanos;

    PacketLoopTest() {
        incoming.agree(SimulatedPair.TERMS, 0);
        outgoing.agree(SimulatedPair.TERMS);
        loop(Optional.of(new PacketLoop()));
    }

    private void loop(Optional<PacketLoop> loop) {
        incoming.loop(loop);
        outgoing.loop(loop);
    }

    private void comes(AudioCodec codec, int number, int timestamp, byte[] payload) {
        byte[] packet = new RtpPacket(codec.payloadType(), false, number, timestamp, FAR_SSRC, payload).toBytes();
        incoming.put(ByteBuffer.wrap(packet), SimulatedPair.LEFT, nowNanos);
    }

    /** A packet time of ours. */
    private RtpPacket leaves() {
        ByteBuffer buffer = ByteBuffer.allocate(1500);
        assertThat(outgoing.tick(buffer, nowNanos)).isTrue();
        nowNanos += 20_000_000;
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        RtpPacket packet = RtpPacket.parse(bytes).orElseThrow();
        left.add(packet);
        return packet;
    }

    /** Codes that are never those of silence. */
    private static byte[] codes(int number, int count) {
        byte[] codes = new byte[count];
        var random = new Random(number);
        for (int i = 0; i < count; i++) codes[i] = (byte) random.nextInt(0x70);
        return codes;
    }

    private static boolean isSilence(byte[] payload) {
        for (byte code : payload) if (code != (byte) 0xFF) return false;
        return true;
    }

    @Test
    void thePayloadsGoBackAsTheyCameInAStreamOfOurOwn() {
        for (int number = 0; number < 50; number++) {
            comes(AudioCodec.PCMU, 1000 + number, number * 160, codes(number, 160));
            assertThat(leaves().payload()).isEqualTo(codes(number, 160));
        }
        assertThat(left.stream().map(RtpPacket::ssrc).distinct()).hasSize(1).doesNotContain((long) FAR_SSRC);
        for (int i = 1; i < left.size(); i++) {
            assertThat(left.get(i).sequence() - left.get(i - 1).sequence() & 0xFFFF)
                    .isEqualTo(1);
            assertThat(left.get(i).timestamp() - left.get(i - 1).timestamp() & 0xFFFFFFFFL)
                    .isEqualTo(160);
        }
        assertThat(left.stream().filter(RtpPacket::marker)).hasSize(1);
    }

    @Test
    void whereNothingComesSilenceLeavesAndAfterTheEndToo() {
        assertThat(isSilence(leaves().payload())).isTrue();
        comes(AudioCodec.PCMU, 1, 160, codes(1, 160));
        assertThat(isSilence(leaves().payload())).isFalse();
        loop(Optional.empty());
        comes(AudioCodec.PCMU, 2, 320, codes(2, 160));
        assertThat(isSilence(leaves().payload())).isTrue();
    }

    @Test
    void packetsOfAnotherLengthAreCutToOurs() {
        var said = new ByteArrayOutputStream();
        var heard = new ByteArrayOutputStream();
        for (int number = 0; number < 20; number++) {
            said.writeBytes(codes(number, 240));
            comes(AudioCodec.PCMU, number, number * 240, codes(number, 240));
            // Three of ours are two of theirs.
            for (int i = 0; i < (number % 2 == 0 ? 1 : 2); i++) heard.writeBytes(leaves().payload());
        }
        assertThat(heard.toByteArray()).isEqualTo(said.toByteArray());
    }

    @Test
    void ofABurstTheOldestIsForgotten() {
        for (int number = 0; number < 20; number++) comes(AudioCodec.PCMU, number, number * 160, codes(number, 160));
        for (int number = 13; number < 20; number++)
            assertThat(leaves().payload()).isEqualTo(codes(number, 160));
        assertThat(isSilence(leaves().payload())).isTrue();
    }

    @Test
    void whatComesLateOrTwiceOrInAnotherCodecDoesNotGoBack() {
        comes(AudioCodec.PCMU, 1, 160, codes(1, 160));
        comes(AudioCodec.PCMU, 3, 480, codes(3, 160));
        comes(AudioCodec.PCMU, 2, 320, codes(2, 160));
        comes(AudioCodec.PCMU, 3, 480, codes(3, 160));
        comes(AudioCodec.PCMA, 4, 640, codes(4, 160));
        assertThat(leaves().payload()).isEqualTo(codes(1, 160));
        assertThat(leaves().payload()).isEqualTo(codes(3, 160));
        assertThat(isSilence(leaves().payload())).isTrue();
    }

    @Test
    void anotherCodecThatIsAgreedOnGoesBackFromThenOn() {
        comes(AudioCodec.PCMU, 1, 160, codes(1, 160));
        Agreed base = SimulatedPair.TERMS;
        outgoing.agree(new Agreed(
                AudioCodec.PCMA,
                8,
                OptionalInt.of(101),
                OptionalInt.empty(),
                base.receive(),
                20,
                base.remoteRtp(),
                base.remoteRtcp(),
                true,
                true,
                base.srtp()));
        comes(AudioCodec.PCMA, 2, 320, codes(2, 160));
        RtpPacket packet = leaves();
        assertThat(packet.payloadType()).isEqualTo(8);
        assertThat(packet.payload()).isEqualTo(codes(2, 160));
    }

    @Test
    void keysThatWeSendGoBeforeWhatGoesBackWhichStaysInTime() {
        outgoing.sendDigits(1, "5", 40, 40);
        for (int number = 0; number < 6; number++) {
            comes(AudioCodec.PCMU, number, number * 160, codes(number, 160));
            leaves();
        }
        assertThat(left.getFirst().payloadType()).isEqualTo(101);
        assertThat(left.getLast().payload()).isEqualTo(codes(5, 160));
    }

    @Test
    void framesThatCannotBeCutGoBackWholeWhereTheyAreAsLongAsOurs() {
        var loop = new PacketLoop();
        loop.agree(AudioCodec.OPUS, 160);
        // RFC 6716 table 2: configuration 9 is a frame of 20 ms, configuration 8 one of 10.
        byte[] twenty = {(byte) (9 << 3), 1, 2, 3};
        byte[] ten = {(byte) (8 << 3), 1, 2, 3};
        loop.put(AudioCodec.OPUS, ByteBuffer.wrap(ten), 0, ten.length);
        assertThat(loop.take()).isFalse();
        loop.put(AudioCodec.OPUS, ByteBuffer.wrap(twenty), 0, twenty.length);
        assertThat(loop.take()).isTrue();
        byte[] taken = new byte[loop.taken().remaining()];
        loop.taken().get(taken);
        assertThat(taken).isEqualTo(twenty);
    }

    @Test
    void ofG722APacketIsAByteForEachSampleOfOurs() {
        var loop = new PacketLoop();
        loop.agree(AudioCodec.G722, 160);
        byte[] codes = codes(1, 160);
        loop.put(AudioCodec.G722, ByteBuffer.wrap(codes), 0, 160);
        assertThat(loop.take()).isTrue();
        assertThat(Arrays.copyOf(loop.taken().array(), loop.taken().remaining()))
                .isEqualTo(codes);
    }
}
