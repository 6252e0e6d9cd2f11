package dev.outdial.media;

import static dev.outdial.media.OutgoingEnd.counting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveSoundTest {
    private final OutgoingEnd end = new OutgoingEnd();
    private final List<Long> asked = new ArrayList<>();
    private final List<short[]> heard = new ArrayList<>();
    private boolean talking = true;
    private int next = 1;

    /** Counts up while it talks: a sample lost or put in anywhere shows. */
    private boolean count(short[] target, int count, long nowNanos) {
        asked.add(nowNanos);
        for (int i = 0; i < count; i++) target[i] = (short) (talking ? next++ : 9999);
        return talking;
    }

    private static boolean level(short[] target, int count, int level) {
        Arrays.fill(target, 0, count, (short) level);
        return true;
    }

    private static LiveSound level(int level) {
        return (target, count, nowNanos) -> level(target, count, level);
    }

    private void hear(short[] samples, int count, long nowNanos) {
        heard.add(Arrays.copyOf(samples, count));
    }

    private List<Integer> levels() {
        return heard.stream()
                .map(packet -> {
                    for (short sample : packet) assertThat(sample).isEqualTo(packet[0]);
                    return (int) packet[0];
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40})
    void itIsSentSampleForSampleInPacketsOfAnyLength(int ptimeMillis) {
        end.agree(AudioCodec.L16, ptimeMillis);
        end.stream.live(this::count);
        end.runFor(1200);
        short[] sound = end.sound();
        assertThat(sound).hasSize(9600);
        for (int i = 0; i < sound.length; i++) assertThat(sound[i]).isEqualTo((short) (i + 1));
        assertThat(asked).hasSize(1200 / ptimeMillis).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatItHasNothingToSayToIsSilenceAndItsNextWordBeginsATalkspurt() {
        LiveSound sound = this::count;
        end.stream.live(sound);
        end.runFor(40);
        talking = false;
        end.runFor(40);
        talking = true;
        end.runFor(40);
        end.stream.stopLive(sound);
        end.runFor(20);
        assertThat(end.line()).isEqualTo("MSS..MSS.");
        assertThat(asked).hasSize(6);
    }

    @Test
    void whereComfortNoiseIsTakenItsPausesAreThat() {
        end.agreeComfortNoise();
        end.stream.live(this::count);
        end.runFor(40);
        talking = false;
        end.runFor(60);
        talking = true;
        end.runFor(20);
        assertThat(end.line()).isEqualTo("MSSN--MS");
    }

    @Test
    void clipsPlayOverItAndKeysAlone() {
        end.stream.live(level(1000));
        end.runFor(20);
        end.stream.play(1, counting(1, 160));
        end.stream.sendDigits(2, "5", 40, 80);
        end.runFor(140);
        assertThat(end.line()).isEqualTo("MSS" + "MKKKK" + "MSS");
        short[] sound = end.sound();
        for (int i = 0; i < 160; i++) assertThat(sound[160 + i]).isEqualTo((short) (1001 + i));
    }

    @Test
    void itIsHeardWithAClipBeneath() {
        EncodedClip music = OutgoingEnd.clip(AudioCodec.L16, (short) 300, (short) 300);
        end.stream.playBeneath(1, music, 0);
        end.stream.live(level(1000));
        end.stream.listen(this::hear);
        end.runFor(20);
        end.stream.play(2, OutgoingEnd.clip(AudioCodec.L16, new short[160]));
        end.runFor(20);
        assertThat(levels()).containsExactly(1300, 1300);
    }

    @Test
    void severalAreAddedUpAndStayWithinTheLimit() {
        LiveSound loud = level(30_000);
        end.stream.live(level(1000));
        end.stream.live((target, count, nowNanos) -> false);
        end.stream.live(level(200));
        end.stream.listen(this::hear);
        end.runFor(20);
        end.stream.live(loud);
        end.stream.live(level(5000));
        end.runFor(20);
        end.stream.stopLive(loud);
        end.runFor(20);
        assertThat(levels()).containsExactly(1200, 32_767, 6200);
    }

    @Test
    void oneThatFailsIsHeardNoMoreAndTheOthersAre() {
        end.stream.live((target, count, nowNanos) -> {
            throw new IllegalStateException("planted");
        });
        end.stream.live(level(500));
        end.stream.listen((samples, count, nowNanos) -> {
            throw new IllegalStateException("planted");
        });
        end.stream.listen(this::hear);
        end.runFor(40);
        assertThat(levels()).containsExactly(500, 500);
    }

    @Test
    void oneThatIsOverIsNotAskedAgain() {
        class Once implements LiveSound {
            private int asked;

            @Override
            public boolean fill(short[] target, int count, long nowNanos) {
                asked++;
                return level(target, count, 70);
            }

            @Override
            public boolean isOver() {
                return asked == 2;
            }
        }
        var once = new Once();
        end.stream.live(once);
        end.runFor(100);
        assertThat(once.asked).isEqualTo(2);
        assertThat(end.line()).isEqualTo("MSS...");
    }

    @Test
    void whileTheFarEndDoesNotListenItIsAskedAndNotHeardSoThatItGoesOnWhereItIs() {
        end.stream.live(this::count);
        end.runFor(20);
        end.hold(true);
        end.runFor(40);
        end.hold(false);
        end.runFor(20);
        assertThat(end.line()).isEqualTo("MS--MS");
        assertThat(end.sound()[160]).isEqualTo((short) 481);
    }

    @Test
    void whoListensToWhatIsSentHearsEveryPacketTimeWithKeysAndSilenceAsSilence() {
        end.agree(AudioCodec.PCMU, 20);
        var samples = new short[160];
        Arrays.fill(samples, (short) 7932);
        SoundListener ear = this::hear;
        end.stream.listen(ear);
        end.stream.play(1, OutgoingEnd.clip(AudioCodec.PCMU, samples));
        end.stream.sendDigits(2, "5", 40, 40);
        end.runFor(120);
        end.hold(true);
        end.runFor(20);
        end.stream.stopListening(ear);
        end.runFor(20);
        assertThat(end.line()).startsWith("MSMKKKK");
        assertThat(levels()).containsExactly(7932, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void keysThatGoAsTonesAreHeardAsThey() {
        end.agree(AudioCodec.L16, 20);
        end.agreeTelephoneEvents(false);
        end.stream.listen(this::hear);
        end.stream.sendDigits(2, "5", 40, 40);
        end.runFor(40);
        short[] sound = end.sound();
        assertThat(heard.get(0)).isEqualTo(Arrays.copyOf(sound, 160));
        assertThat(heard.get(1)).isEqualTo(Arrays.copyOfRange(sound, 160, 320));
        assertThat(heard.get(1)).isNotEqualTo(new short[160]);
    }
}
