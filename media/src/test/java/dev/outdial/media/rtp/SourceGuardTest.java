package dev.outdial.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SourceGuardTest {
    private static final long MILLIS = 1_000_000;
    private static final InetSocketAddress NEGOTIATED = address(4000);
    private static final InetSocketAddress NATED = address(61_000);
    private static final InetSocketAddress STRANGER = address(9);

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private final RtpPacket view = new RtpPacket();
    private SourceGuard guard = new SourceGuard(true);
    private long nowMillis;

    private boolean takes(InetSocketAddress from, int ssrc, int sequence) {
        return takes(from, ssrc, sequence, true);
    }

    private boolean takes(InetSocketAddress from, int ssrc, int sequence, boolean isAgreedType) {
        var packet = ByteBuffer.allocate(172).putShort(0, (short) 0x8000);
        assertThat(view.parse(packet.putShort(2, (short) sequence).putInt(8, ssrc)))
                .isTrue();
        return guard.takes(from, view, isAgreedType, nowMillis * MILLIS);
    }

    /** Says of each packet, one every 20 ms, whether it was taken. */
    private String stream(InetSocketAddress from, int ssrc, int sequence, int count) {
        var taken = new StringBuilder();
        for (int i = 0; i < count; i++, nowMillis += 20) taken.append(takes(from, ssrc, sequence + i) ? 'x' : '.');
        return taken.toString();
    }

    @Test
    void beforeTheAnswerAnybodyIsTakenAndNobodyIsSentTo() {
        assertThat(stream(STRANGER, 1, 1, 10)).isEqualTo("xxxxxxxxxx");
        assertThat(guard.isLocked()).isFalse();
        assertThatThrownBy(guard::target).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutLatchingOnlyTheNegotiatedAddressIsTakenAndSentTo() {
        guard = new SourceGuard(false);
        guard.agree(NEGOTIATED);
        assertThat(stream(NATED, 1, 1, 10)).isEqualTo("..........");
        assertThat(stream(NEGOTIATED, 2, 1, 3) + stream(NEGOTIATED, 3, 99, 3)).isEqualTo("xxxxxx");
        assertThat(guard.target()).isEqualTo(NEGOTIATED);
    }

    @Test
    void aSourceBehindANatIsLockedOnWithItsFifthPacketInOrder() {
        guard.agree(NEGOTIATED);
        assertThat(stream(NATED, 1, 65_533, 4)).isEqualTo("....");
        assertThat(guard.target()).isEqualTo(NEGOTIATED);
        assertThat(stream(NATED, 1, 1, 2)).isEqualTo("xx");
        assertThat(guard.target()).isEqualTo(NATED);
    }

    @Test
    void aSourceThatWasHeardBeforeTheAnswerIsLockedOnAtOnce() {
        stream(NATED, 1, 1, 20);
        guard.agree(NEGOTIATED);
        assertThat(stream(NATED, 1, 21, 1)).isEqualTo("x");
        assertThat(guard.target()).isEqualTo(NATED);
    }

    @Test
    void fiveInOrderMeansNoGapNoOtherSourceAndNoUnknownType() {
        guard.agree(NEGOTIATED);
        stream(NATED, 1, 1, 4);
        stream(NATED, 1, 6, 4);
        stream(NATED, 2, 10, 4);
        for (int i = 0; i < 9; i++, nowMillis += 20) takes(STRANGER, 3, i, false);
        assertThat(guard.isLocked()).isFalse();
    }

    @Test
    void aDoubledPacketDoesNotBreakTheOrder() {
        guard.agree(NEGOTIATED);
        for (int i = 0; i < 5; i++, nowMillis += 20) {
            takes(NATED, 1, i);
            takes(NATED, 1, i);
        }
        assertThat(guard.target()).isEqualTo(NATED);
    }

    @Test
    void onceLockedNothingElseIsTakenNotEvenTheNegotiatedAddress() {
        guard.agree(NEGOTIATED);
        stream(NATED, 1, 1, 5);
        assertThat(stream(STRANGER, 1, 6, 50) + stream(NEGOTIATED, 1, 6, 50)).doesNotContain("x");
        assertThat(stream(NATED, 1, 90, 2)).isEqualTo("xx");
        assertThat(guard.target()).isEqualTo(NATED);
        assertThat(guard.isFarEnd(STRANGER)).isFalse();
    }

    @Test
    void aSprayOfTenStrangersNeverLocksWhileTheTrueSourceSends() {
        guard.agree(NEGOTIATED);
        for (int i = 0; i < 4; i++, nowMillis += 20) {
            assertThat(takes(NEGOTIATED, 7, i)).isTrue();
            for (int burst = 0; burst < 6; burst++)
                for (int stranger = 0; stranger < 10; stranger++)
                    assertThat(takes(address(1000 + stranger), stranger, 6 * i + burst))
                            .isFalse();
        }
        assertThat(guard.isLocked()).isFalse();
        takes(NEGOTIATED, 7, 4);
        assertThat(guard.isLocked()).isTrue();
        assertThat(guard.target()).isEqualTo(NEGOTIATED);
    }

    @Test
    void aBurstBetweenTwoPacketsOfTheTrueSourceIsNoStream() {
        guard.agree(NEGOTIATED);
        takes(NEGOTIATED, 7, 0);
        nowMillis += 10;
        for (int i = 0; i < 100; i++) assertThat(takes(STRANGER, 1, i)).isFalse();
        nowMillis += 10;
        takes(NEGOTIATED, 7, 1);
        assertThat(guard.target()).isEqualTo(NEGOTIATED);
        assertThat(guard.isLocked()).isFalse();
    }

    @Test
    void aLockedAddressIsFollowedToANewSsrcWhenTheOldOneIsSilent() {
        guard.agree(NEGOTIATED);
        stream(NATED, 1, 1, 5);
        for (int i = 0; i < 50; i++, nowMillis += 20) {
            assertThat(takes(NATED, 2, i)).isFalse();
            assertThat(takes(NATED, 1, 6 + i)).isTrue();
        }
        assertThat(stream(NATED, 3, 1, 6)).isEqualTo("....xx");
        assertThat(takes(NATED, 1, 60)).isFalse();
    }

    @Test
    void anotherAgreedAddressEndsTheLockAndTheSameOneDoesNot() {
        guard.agree(NEGOTIATED);
        stream(NATED, 1, 1, 5);
        guard.agree(NEGOTIATED);
        guard.agree(new InetSocketAddress(4000));
        assertThat(guard.target()).isEqualTo(NATED);
        guard.agree(STRANGER);
        assertThat(guard.target()).isEqualTo(STRANGER);
        assertThat(stream(NATED, 1, 6, 1) + stream(STRANGER, 2, 1, 1)).isEqualTo(".x");
    }
}
