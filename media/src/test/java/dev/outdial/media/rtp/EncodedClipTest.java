package dev.outdial.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.codec.AudioCodec;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EncodedClipTest {
    private final ByteBuffer target = ByteBuffer.allocate(400);

    @Test
    void samplesAreCopiedFromAnywhereWhateverTheFrames() {
        byte[] codes = new byte[400];
        for (int i = 0; i < codes.length; i++) codes[i] = (byte) (i / 2);
        EncodedClip.of(AudioCodec.L16, 20, codes).copy(99, 3, target);
        assertThat(target.flip().remaining()).isEqualTo(6);
        assertThat(target.get(0)).isEqualTo((byte) 99);
        assertThat(target.get(5)).isEqualTo((byte) 101);
    }

    @Test
    void theSilenceThatFillsTheLastFrameIsNoPartOfTheSound() {
        var clip = EncodedClip.of(AudioCodec.PCMU, 20, new byte[100]);
        assertThat(clip.frameCount()).isEqualTo(1);
        clip.copy(100, 0, target);
        assertThat(target.position()).isZero();
        assertThatThrownBy(() -> clip.copy(99, 2, target)).isInstanceOf(IndexOutOfBoundsException.class);
        clip.copyFrame(0, target);
        assertThat(target.get(99)).isZero();
        assertThat(target.get(100)).isEqualTo((byte) 0xFF);
    }

    @Test
    void halfASampleAtTheEndIsLeftOut() {
        var clip = EncodedClip.of(AudioCodec.L16, 10, new byte[] {1, 2, 3});
        assertThat(clip.sampleCount()).isEqualTo(1);
        clip.copyFrame(0, target);
        assertThat(target.position()).isEqualTo(160);
        assertThat(target.get(1)).isEqualTo((byte) 2);
        assertThat(target.get(2)).isZero();
    }
}
