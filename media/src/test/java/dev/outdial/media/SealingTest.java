package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.media.srtp.SrtpSuite;
import dev.outdial.media.srtp.SrtpTerms;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealingTest {
    private final Random random = new Random(4568);
    private final SrtpKey ours = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, random);
    private final SrtpKey theirs = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, random);
    private final Optional<SrtpTerms> keys = Optional.of(new SrtpTerms(ours, theirs));
    private final Optional<SrtpTerms> farKeys = Optional.of(new SrtpTerms(theirs, ours));
    private final Sealing sealing = new Sealing(SrtpPolicy.OFFERED);
    private final Sealing far = new Sealing(SrtpPolicy.OFFERED);

    private static ByteBuffer packet(int number, int content) {
        var packet = ByteBuffer.allocate(100);
        packet.putShort((short) 0x8000).putShort((short) number).putInt(number * 160);
        packet.putInt(7).put(new byte[20]);
        return packet.put(12, (byte) content).flip();
    }

    private static ByteBuffer sealed(Sealing by, int number, int content) {
        ByteBuffer packet = packet(number, content);
        by.seal(packet);
        return packet;
    }

    @Test
    void whoeverComesBackToKeysAfterATimeInClearEncryptsNoTwoPacketsAlike() {
        sealing.agree(keys);
        ByteBuffer first = sealed(sealing, 5, 1);
        sealing.agree(Optional.empty());
        assertThat(sealed(sealing, 6, 1)).isEqualTo(packet(6, 1));
        sealing.agree(keys);
        // The same number again would have the same key stream, and what both packets say could be read.
        assertThatIllegalStateException().isThrownBy(() -> sealed(sealing, 5, 2));
        far.agree(farKeys);
        assertThat(far.open(first)).isTrue();
        ByteBuffer next = sealed(sealing, 7, 3);
        assertThat(far.open(next)).isTrue();
        assertThat(next).isEqualTo(packet(7, 3));
    }

    @Test
    void afterATimeInClearWhatWasHeardBeforeIsStillAReplay() {
        far.agree(farKeys);
        sealing.agree(keys);
        ByteBuffer first = sealed(far, 5, 1);
        ByteBuffer copy = ByteBuffer.allocate(100).put(first.duplicate()).flip();
        assertThat(sealing.open(first)).isTrue();
        sealing.agree(Optional.empty());
        sealing.agree(keys);
        assertThat(sealing.open(copy)).isFalse();
        assertThat(sealing.rejected()).isEqualTo(1);
    }

    @Test
    void whileKeysAreOnOfferNothingIsTakenBeforeADescription() {
        for (SrtpPolicy policy : new SrtpPolicy[] {SrtpPolicy.OFFERED, SrtpPolicy.REQUIRED}) {
            var waiting = new Sealing(policy);
            assertThat(waiting.open(packet(1, 1))).isFalse();
            assertThat(waiting.rejected()).isEqualTo(1);
        }
        assertThat(new Sealing(SrtpPolicy.OFF).open(packet(1, 1))).isTrue();
    }

    @Test
    void earlyMediaIsOpenedWithTheKeysOfItsDescriptionAndGoesOnWithTheAnswer() {
        far.agree(farKeys);
        sealing.early(keys);
        ByteBuffer first = sealed(far, 1, 1);
        ByteBuffer copy = ByteBuffer.allocate(100).put(first.duplicate()).flip();
        assertThat(sealing.open(first)).isTrue();
        assertThat(first).isEqualTo(packet(1, 1));
        assertThat(sealing.open(packet(2, 1))).isFalse();
        sealing.agree(keys);
        assertThat(sealing.open(copy)).isFalse();
        assertThat(sealing.open(sealed(far, 3, 1))).isTrue();
        assertThat(sealing.rejected()).isEqualTo(2);
    }

    @Test
    void earlyMediaOfAFarEndWithoutKeysIsTakenInClear() {
        sealing.early(Optional.empty());
        assertThat(sealing.open(packet(1, 1))).isTrue();
    }

    @Test
    void whatComesEarlyAndLateChangesNothingThatWasAgreed() {
        sealing.agree(keys);
        sealing.early(Optional.empty());
        assertThat(sealing.open(packet(1, 1))).isFalse();
        assertThat(sealed(sealing, 1, 1).remaining()).isEqualTo(42);
    }

    @Test
    void whereEncryptionIsRequiredTermsWithoutKeysAreAFault() {
        var required = new Sealing(SrtpPolicy.REQUIRED);
        assertThatIllegalStateException().isThrownBy(() -> required.agree(Optional.empty()));
        required.early(Optional.empty());
        assertThat(required.open(packet(1, 1))).isFalse();
        required.agree(keys);
        assertThatIllegalStateException().isThrownBy(() -> required.agree(Optional.empty()));
        assertThat(sealed(required, 1, 1).remaining()).isEqualTo(42);
    }
}
