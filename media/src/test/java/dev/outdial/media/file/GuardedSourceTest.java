package dev.outdial.media.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedSourceTest {
    @TempDir
    private Path folder;

    private long now;

    /** A decoder that does what it is told to. */
    private record Decoder(int sampleRate, Reading reading) implements PcmSource {
        interface Reading {
            int read(float[] target, int offset, int count) throws IOException;
        }

        @Override
        public String format() {
            return "test";
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int read(float[] target, int offset, int count) throws IOException {
            return reading.read(target, offset, count);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private PcmSource guarded(Decoder.Reading reading) throws IOException {
        return guarded(input -> new Decoder(8000, reading));
    }

    private PcmSource guarded(GuardedSource.Opening opening) throws IOException {
        var time = new TimeLimit(30_000_000_000L, () -> now);
        Path file = Files.write(folder.resolve("file"), new byte[100]);
        return GuardedSource.open(AudioInput.open(file, "https://host/a.mp3", time), time, opening);
    }

    @Test
    void whateverADecoderStumblesOverIsDamage() throws IOException {
        for (Throwable stumble : new Throwable[] {
            new ArrayIndexOutOfBoundsException(7), new StackOverflowError(), new AssertionError(), new InternalError()
        }) {
            PcmSource source = guarded((target, offset, count) -> {
                if (stumble instanceof RuntimeException e) throw e;
                throw (Error) stumble;
            });
            var refusal = catchThrowableOfType(AudioFormatException.class, () -> source.read(new float[9], 0, 9));
            assertThat(refusal)
                    .hasMessage("https://host/a.mp3: damage that cannot be decoded, before or at byte 0")
                    .hasCause(stumble);
            assertThatThrownBy(() -> source.read(new float[9], 0, 9)).isSameAs(refusal);
        }
    }

    @Test
    void aDecoderThatCannotEvenBeginIsDamageAndClosesTheFile() {
        var opened = new AudioInput[1];
        assertThatThrownBy(() -> guarded(input -> {
                    opened[0] = input;
                    throw new NegativeArraySizeException("-5");
                }))
                .isInstanceOf(AudioFormatException.class);
        assertThatThrownBy(() -> opened[0].at(0, 4)).isInstanceOf(java.nio.channels.ClosedChannelException.class);
    }

    @Test
    void soundIsBetweenMinusOneAndOne() throws IOException {
        float[] made = {Float.NaN, 7, Float.NEGATIVE_INFINITY, 0.5f};
        PcmSource source = guarded((target, offset, count) -> {
            System.arraycopy(made, 0, target, offset, 4);
            return 4;
        });
        float[] heard = new float[5];
        assertThat(source.read(heard, 1, 4)).isEqualTo(4);
        assertThat(heard).containsExactly(0, 0, 1, -1, 0.5f);
    }

    @Test
    void neitherSoundNorEndIsDamage() throws IOException {
        PcmSource source = guarded((target, offset, count) -> 0);
        assertThatThrownBy(() -> source.read(new float[9], 0, 9)).isInstanceOf(AudioFormatException.class);
    }

    @Test
    void halfAMinuteOfDecodingIsEnoughAndWaitingDoesNotCount() throws IOException {
        PcmSource source = guarded(input -> new Decoder(8000, (target, offset, count) -> {
            now += 10_000_000_000L;
            input.at(0, 4);
            return 1;
        }));
        float[] target = new float[1];
        for (int i = 0; i < 3; i++) {
            assertThat(source.read(target, 0, 1)).isEqualTo(1);
            now += 100_000_000_000L;
        }
        assertThatThrownBy(() -> source.read(target, 0, 1))
                .hasMessage("https://host/a.mp3: takes longer than 30 s to decode at byte 4");
    }

    @Test
    void ratesThatNoSoundHasAreRefused() {
        assertThatThrownBy(() -> guarded(input -> new Decoder(3999, (target, offset, count) -> 1)))
                .hasMessage("https://host/a.mp3: sample rate 3999 Hz, expected 4000 to 192000 Hz");
    }

    @Test
    void aProblemHasItsSourceItsReasonAndItsPlace() throws IOException {
        Path file =
                Files.write(folder.resolve("file"), new byte[] {'R', 'I', 'F', 'F', 0, 0, 0, 0, 'A', 'V', 'I', ' '});
        var refusal = catchThrowableOfType(
                AudioFormatException.class, () -> AudioFiles.open(file, "https://host/a\r\nb.wav"));
        assertThat(refusal.source()).isEqualTo("https://host/a??b.wav");
        assertThat(refusal.reason()).isEqualTo("RIFF, but not WAVE");
        assertThat(refusal.offset()).isEqualTo(OptionalLong.of(8));
        assertThat(refusal).hasMessage("https://host/a??b.wav: RIFF, but not WAVE at byte 8");
        Files.write(file, new byte[0]);
        refusal = catchThrowableOfType(AudioFormatException.class, () -> AudioFiles.open(file));
        assertThat(refusal.source()).isEqualTo("file");
        assertThat(refusal.offset()).isEmpty();
    }
}
