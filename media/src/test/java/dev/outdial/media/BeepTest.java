package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The beep of a recording is heard whole, or not yet. */
class BeepTest {
    private static final int WHOLE_SAMPLES = 2400;

    private final OutgoingEnd end = new OutgoingEnd(AudioCodec.L16, 20);
    private boolean farEndSpoke = true;

    private void beep() {
        end.stream.live(new Beep(() -> farEndSpoke, 0));
    }

    /** From the first loud sample to the last, of what left. */
    private int heardSamples() {
        short[] sound = end.sound();
        int[] loud = IntStream.range(0, sound.length)
                .filter(i -> Math.abs(sound[i]) > 100)
                .toArray();
        return loud.length == 0 ? 0 : loud[loud.length - 1] - loud[0] + 1;
    }

    @Test
    void whoListensHearsItAtOnce() {
        beep();
        end.runFor(300);
        assertThat(heardSamples()).isBetween(WHOLE_SAMPLES - 8, WHOLE_SAMPLES);
    }

    @Test
    void whoIsOnHoldHearsItAfterwards() {
        end.hold(true);
        beep();
        end.runFor(5_000);
        assertThat(end.sent()).isEmpty();
        end.hold(false);
        end.runFor(300);
        assertThat(heardSamples()).isBetween(WHOLE_SAMPLES - 8, WHOLE_SAMPLES);
    }

    @Test
    void putOnHoldInTheMiddleOfItTheRestFollows() {
        beep();
        end.runFor(100);
        end.hold(true);
        end.runFor(1_000);
        end.hold(false);
        end.runFor(200);
        assertThat(heardSamples()).isBetween(WHOLE_SAMPLES - 8, WHOLE_SAMPLES);
    }

    @Test
    void keysThatGoOutComeFirst() {
        end.stream.sendDigits(1, "12");
        beep();
        end.runFor(2_000);
        assertThat(heardSamples()).isBetween(WHOLE_SAMPLES - 8, WHOLE_SAMPLES);
        assertThat(end.line()).startsWith("MK").contains("S");
    }

    @Test
    void rightAfterTheAnswerItWaitsForTheFarEndsOwnSound() {
        farEndSpoke = false;
        beep();
        end.runFor(200);
        assertThat(heardSamples()).isZero();
        farEndSpoke = true;
        end.runFor(300);
        assertThat(heardSamples()).isBetween(WHOLE_SAMPLES - 8, WHOLE_SAMPLES);
    }

    @Test
    void whereTheFarEndStaysSilentItWaitsForFourTenthsOfASecond() {
        farEndSpoke = false;
        beep();
        end.runFor(400);
        assertThat(heardSamples()).isZero();
        end.runFor(300);
        assertThat(heardSamples()).isBetween(WHOLE_SAMPLES - 8, WHOLE_SAMPLES);
    }
}
