package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.sdp.Direction;
import dev.outdial.media.srtp.SrtpPolicy;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole sessions over loopback, with somebody between them who sees, holds back and forges. */
@Tag("slow")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TappedSessionTest {
    private static final int SEALED_FRAME = 12 + 160 + 10;

    private static int number(byte[] packet) {
        return (packet[2] & 0xFF) << 8 | packet[3] & 0xFF;
    }

    private static void press(TappedPair pair, String key) throws IOException {
        int before = pair.keysHeard().size();
        pair.left.sendDigits(key);
        pair.relayUntil(() -> pair.keysHeard().size() > before);
    }

    @ParameterizedTest
    @EnumSource(names = {"OFFERED", "REQUIRED"})
    void soundAndKeysArriveSealedAndNothingIsRejected(SrtpPolicy policy) throws Exception {
        try (var pair = new TappedPair(policy, SrtpPolicy.OFFERED)) {
            assertThat(pair.exchange(pair.left.offer()).srtp()).isPresent();
            pair.hearLeft();
            assertThat(pair.sent).allMatch(packet -> packet.length == SEALED_FRAME);
            press(pair, "5");
            MediaStatistics heard = TappedPair.end(pair.right);
            assertThat(pair.keysHeard()).containsExactly('5');
            assertThat(heard.received().rejected()
                            + heard.received().strangers()
                            + heard.received().discarded())
                    .isZero();
            assertThat(TappedPair.end(pair.left).received().rejected()).isZero();
        }
    }

    @Test
    void whatSomebodyElseCopiesAndForgesIsCountedAndNotHeard() throws Exception {
        try (var pair = new TappedPair(SrtpPolicy.OFFERED, SrtpPolicy.OFFERED);
                var stranger = new DatagramSocket(0, TappedPair.LOOPBACK)) {
            pair.exchange(pair.left.offer());
            pair.left.sendDigits("7");
            var count = new int[1];
            pair.relayUntil(() -> count[0] == 50, (packet, fromLeft) -> {
                if (!fromLeft) return;
                count[0]++;
                // A copy that is faster than the packet itself, and a forgery of the right address.
                stranger.send(new DatagramPacket(packet, packet.length, pair.right.localRtp()));
                byte[] forged = packet.clone();
                forged[13]++;
                pair.send(forged, pair.right);
            });
            MediaStatistics heard = TappedPair.end(pair.right);
            assertThat(heard.received().packets()).isEqualTo(50);
            assertThat(heard.received().strangers()).isEqualTo(50);
            assertThat(heard.received().rejected()).isEqualTo(50);
            assertThat(pair.keysHeard()).containsExactly('7');
        }
    }

    @Test
    void whatIsSentAgainIsRejected() throws Exception {
        try (var pair = new TappedPair(SrtpPolicy.REQUIRED, SrtpPolicy.REQUIRED)) {
            pair.exchange(pair.left.offer());
            var count = new int[1];
            pair.relayUntil(() -> count[0] == 50, (packet, fromLeft) -> {
                if (fromLeft && ++count[0] > 0) pair.send(packet, pair.right);
            });
            MediaStatistics heard = TappedPair.end(pair.right);
            assertThat(heard.received().packets()).isEqualTo(50);
            assertThat(heard.received().rejected()).isEqualTo(50);
            assertThat(heard.received().duplicated()).isZero();
        }
    }

    @Test
    void aHoldAndItsEndGoOnWithTheKeysAndNeverEncryptTwoPacketsAlike() throws Exception {
        try (var pair = new TappedPair(SrtpPolicy.OFFERED, SrtpPolicy.OFFERED)) {
            var terms = pair.exchange(pair.left.offer());
            for (Direction direction : new Direction[] {Direction.SENDONLY, Direction.SENDRECV, Direction.SENDRECV}) {
                pair.hearLeft();
                assertThat(pair.exchange(pair.left.offerAgain(direction)).srtp())
                        .isEqualTo(terms.srtp());
            }
            pair.hearLeft();
            assertThat(pair.sent).hasSizeGreaterThan(40).allMatch(packet -> packet.length == SEALED_FRAME);
            assertThat(pair.sent.stream().map(TappedSessionTest::number)).doesNotHaveDuplicates();
            MediaStatistics heard = TappedPair.end(pair.right);
            assertThat(heard.received().rejected() + heard.received().sourceChanges())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "REQUIRED"})
    void whoIsHeldSendsNothingUntilTheHoldEnds(SrtpPolicy policy) throws Exception {
        try (var pair = new TappedPair(policy, policy)) {
            pair.exchange(pair.left.offer());
            pair.hearLeft();
            assertThat(pair.exchange(pair.left.offerAgain(Direction.SENDONLY)).mayListen())
                    .isFalse();
            // What was under way arrives.
            pair.relay(10);
            assertThat(pair.relay(25)).isZero();
            pair.exchange(pair.left.offerAgain(Direction.SENDRECV));
            pair.relay(10);
            assertThat(pair.relay(25)).isGreaterThan(10);
            pair.hearLeft();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OFF", "OFFERED"})
    void aNewAddressIsFollowedBothWays(SrtpPolicy policy) throws Exception {
        try (var pair = new TappedPair(policy, policy)) {
            pair.exchange(pair.left.offer());
            pair.hearLeft();
            // What was handed on is read before the address is another.
            pair.settle();
            pair.moveTap();
            pair.exchange(pair.left.offerAgain(Direction.SENDRECV));
            pair.relay(10);
            assertThat(pair.relay(25)).isGreaterThan(10);
            pair.hearLeft();
            MediaStatistics heard = TappedPair.end(pair.right);
            assertThat(heard.received().strangers() + heard.received().rejected())
                    .isZero();
        }
    }
}
