package dev.outdial.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    private boolean parse(String hex) {
        return packet.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @Test
    void aPlainPacketIsTakenApart() {
        assertThat(parse("80 80 ffff fffffff0 01020304 aabbcc")).isTrue();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isZero();
        assertThat(packet.sequenceNumber()).isEqualTo(65535);
        assertThat(packet.timestamp()).isEqualTo(-16);
        assertThat(packet.ssrc()).isEqualTo(0x01020304);
        assertThat(packet.payloadOffset()).isEqualTo(12);
        assertThat(packet.payloadLength()).isEqualTo(3);
    }

    @Test
    void contributingSourcesExtensionAndPaddingAreNotPayload() {
        assertThat(parse("b2 00 0001 00000000 00000000 11111111 22222222 bede 0001 33333333 aabb 000002"))
                .isTrue();
        assertThat(packet.payloadOffset()).isEqualTo(28);
        assertThat(packet.payloadLength()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "8000000100000000000000",
                "40 00 0001 00000000 00000000 aa",
                "8f 00 0001 00000000 00000000 aabbccdd",
                "90 00 0001 00000000 00000000 bede",
                "90 00 0001 00000000 00000000 bede ffff 00000000",
                "a0 00 0001 00000000 00000000 aabb00",
                "a0 00 0001 00000000 00000000 aabb04",
                "80 c8 0006 00000000 00000000 00000000",
            })
    void whatIsNoRtpIsRefused(String hex) {
        assertThat(parse(hex)).isFalse();
    }

    @Test
    void anyBytesAreJudgedWithinTheirBounds() {
        var random = new Random(5);
        int valid = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && round % 2 == 0) bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
            var datagram = ByteBuffer.wrap(bytes);
            if (!packet.parse(datagram)) continue;
            valid++;
            assertThat(packet.payloadLength()).isNotNegative();
            assertThat(packet.payloadOffset() + packet.payloadLength()).isLessThanOrEqualTo(bytes.length);
        }
        assertThat(valid).isGreaterThan(1000);
    }
}
