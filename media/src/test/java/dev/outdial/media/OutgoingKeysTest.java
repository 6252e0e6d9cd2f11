package dev.outdial.media;

import static dev.outdial.media.OutgoingEnd.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.MediaEvent.DigitsSent;
import dev.outdial.media.MediaEvent.Played;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.tone.DtmfDetector;
import dev.outdial.testbed.probe.DigitProbe;
import dev.outdial.testbed.probe.ToneProbe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingKeysTest {
    private static final String ALL = "0123456789*#ABCD";
    private final OutgoingEnd end = new OutgoingEnd();

    private DigitProbe probe() {
        var probe = new DigitProbe(OutgoingEnd.KEYS);
        for (int i = 0; i < end.packets.size(); i++) {
            long atNanos = i;
            end.packets.get(i).ifPresent(packet -> probe.hear(packet, atNanos));
        }
        return probe;
    }

    @Test
    void keysBeforeClipsAreNotHeldUpByOneAndKeepTheirOrder() {
        end.stream.sendDigits(1, "1");
        end.stream.play(2, EncodedClip.of(AudioCodec.L16, 20, new byte[320]), 0, 0);
        end.stream.sendDigits(3, "9");
        end.stream.enqueueBeforeClips(new OutgoingKeys(4, "2", 160, 80));
        end.stream.enqueueBeforeClips(new OutgoingKeys(5, "3", 160, 80));
        end.runFor(2000);
        assertThat(probe().digits()).isEqualTo("123");
        end.stream.stopPlaying();
        end.runFor(500);
        assertThat(probe().digits()).isEqualTo("1239");
    }

    private static List<String> heard(short[] sound) {
        var keys = new ArrayList<String>();
        var detector = new DtmfDetector((digit, millis) -> keys.add(String.valueOf(digit)));
        detector.put(sound, sound.length);
        detector.finish();
        return keys;
    }

    @ParameterizedTest
    @CsvSource({
        "10, 40, 40",
        "20, 40, 40",
        "30, 40, 40",
        "40, 40, 40",
        "10, 160, 80",
        "20, 160, 80",
        "30, 160, 80",
        "40, 160, 80",
        "20, 1000, 300",
        "40, 12000, 1000"
    })
    void everyKeyIsHeardOnceAndForItsLengthRoundedUpToPackets(int ptimeMillis, int toneMillis, int pauseMillis) {
        end.agree(AudioCodec.PCMU, ptimeMillis);
        end.stream.sendDigits(1, ALL, toneMillis, pauseMillis);
        end.runFor(16 * (toneMillis + pauseMillis + 3 * ptimeMillis));
        var probe = probe();
        int held = Math.ceilDiv(toneMillis, ptimeMillis) * ptimeMillis;
        // To the probe, which knows no segments, a key over 8.2 s is two.
        if (toneMillis < 8000) {
            assertThat(probe.digits()).isEqualTo(ALL);
            assertThat(probe.heard()).allMatch(key -> key.ended() && key.durationMillis() == held);
        } else {
            assertThat(probe.heard()).hasSize(32);
        }
        assertThat(end.events).containsExactly(new DigitsSent(1, ALL));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40})
    void betweenKeysThereIsAPauseOfAtLeast40Millis(int ptimeMillis) {
        end.agree(AudioCodec.PCMU, ptimeMillis);
        end.stream.sendDigits(1, "55", 40, 40);
        end.runFor(480);
        var keys = end.sent().stream()
                .filter(p -> p.payloadType() == OutgoingEnd.KEYS)
                .map(p -> p.timestamp())
                .distinct()
                .toList();
        int held = Math.ceilDiv(40, ptimeMillis) * ptimeMillis;
        assertThat(keys).hasSize(2);
        assertThat(((keys.get(1) - keys.get(0)) & 0xFFFF_FFFFL) / 8 - held).isGreaterThanOrEqualTo(40);
    }

    @Test
    void pausesBetweenKeysAreSilenceWhoseTimestampsRunOn() {
        end.stream.sendDigits(1, "1,2", 40, 40);
        end.runFor(800);
        assertThat(end.line()).isEqualTo("MKKKK" + ".".repeat(25) + "MKKKK" + ".".repeat(7));
        long first = end.sent().getFirst().timestamp();
        assertThat((end.sent().get(4).timestamp() - first) & 0xFFFF_FFFFL).isEqualTo(4 * 160);
        assertThat((end.sent().get(29).timestamp() - first) & 0xFFFF_FFFFL).isEqualTo(29 * 160);
        assertThat(end.events).containsExactly(new DigitsSent(1, "1,2"));
    }

    @ParameterizedTest
    @CsvSource({"',', 25", "w, 25", "W, 50", "',w', 50"})
    void aPauseInASequenceIsAsLongAsItsLetterSays(String pauses, int packets) {
        end.stream.sendDigits(1, pauses + "7", 40, 40);
        end.runFor(1200);
        assertThat(end.line()).startsWith("M" + ".".repeat(packets) + "MKKKK.");
    }

    @Test
    void aSequenceThatIsCutOffSaysWhichKeysAndPausesItGotThrough() {
        end.stream.sendDigits(1, "1,2,3", 40, 40);
        end.runFor(80 + 500 + 80 + 100);
        end.stream.finish();
        assertThat(end.events).containsExactly(new DigitsSent(1, "1,2"));
    }

    @Test
    void aKeyIsSentOnceItsThreeEndPacketsAreThoughItsPauseIsNotOver() {
        end.stream.sendDigits(1, "12", 40, 1000);
        end.runFor(60);
        end.hold(true);
        end.runFor(20);
        assertThat(end.events).containsExactly(new DigitsSent(1, ""));
        end.hold(false);
        end.stream.sendDigits(2, "12", 40, 1000);
        end.runFor(80);
        end.stream.finish();
        assertThat(end.events).contains(new DigitsSent(2, "1"));
    }

    @Test
    void noKeysAreOverAtOnce() {
        end.stream.sendDigits(1, "");
        end.runFor(20);
        assertThat(end.events).containsExactly(new DigitsSent(1, ""));
    }

    @Test
    void whatIsNoKeyAndTimesThatCannotBeAreRefusedWithoutNamingTheKeys() {
        assertThatThrownBy(() -> end.stream.sendDigits(1, "12x4"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("12x4");
        assertThatThrownBy(() -> end.stream.sendDigits(1, "1", 20, 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> end.stream.sendDigits(1, "1", 40, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(AudioCodec.class)
    void keysGoInTheSoundWhereNoTelephoneEventsWereAgreed(AudioCodec codec) {
        end.agree(codec, 20);
        end.agreeTelephoneEvents(false);
        end.stream.sendDigits(1, ALL);
        end.runFor(4000);
        assertThat(end.events).containsExactly(new DigitsSent(1, ALL));
        assertThat(end.line()).doesNotContain("K").startsWith("MSSSSSSSS....MS");
        assertThat(String.join("", heard(end.sound()))).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40})
    void keysInTheSoundAreAsLongAsAskedWhateverThePacketLength(int ptimeMillis) {
        end.agree(AudioCodec.L16, ptimeMillis);
        end.agreeTelephoneEvents(false);
        end.stream.sendDigits(1, "5", 100, 80);
        end.runFor(240);
        short[] sound = end.sound();
        assertThat(ToneProbe.keys().tones(sound))
                .extracting(ToneProbe.Tone::hertz)
                .containsExactly(770, 1336);
        int last = sound.length - 1;
        while (sound[last] == 0) last--;
        assertThat(last).isBetween(795, 799);
        assertThat(end.events).containsExactly(new DigitsSent(1, "5"));
    }

    @Test
    void keysInTheSoundAreNotMixedWithTheClipBeneath() {
        end.agreeTelephoneEvents(false);
        end.stream.playBeneath(1, counting(10_000, 8000), 0);
        end.stream.sendDigits(2, "5", 100, 80);
        end.runFor(160);
        assertThat(heard(Arrays.copyOf(end.sound(), 800))).containsExactly("5");
        assertThat(end.sound()[800]).isGreaterThanOrEqualTo((short) 10_000);
    }

    @Test
    void clipsAndKeysInTheSoundTakeTurns() {
        end.agreeTelephoneEvents(false);
        end.stream.play(1, counting(1, 160));
        end.stream.sendDigits(2, "1", 40, 40);
        end.stream.play(3, counting(1, 160));
        end.runFor(140);
        assertThat(end.line()).isEqualTo("MS" + "SS" + ".." + "MS" + ".");
        assertThat(end.events)
                .containsExactly(new Played(1, 20, true), new DigitsSent(2, "1"), new Played(3, 20, true));
    }

    @Test
    void aKeyUnderWhichTelephoneEventsAreAgreedAwayIsGivenUpAndNotPressedAgain() {
        end.stream.sendDigits(1, "12", 160, 80);
        end.runFor(300);
        end.agreeTelephoneEvents(false);
        end.runFor(200);
        assertThat(end.events).containsExactly(new DigitsSent(1, "1"));
        assertThat(heard(end.sound())).isEmpty();
        assertThat(end.line()).endsWith("MKKK" + "..........");
    }

    @Test
    void keysGoOnAsTelephoneEventsOnceTheseAreAgreed() {
        end.agreeTelephoneEvents(false);
        end.stream.sendDigits(1, "12", 160, 80);
        end.runFor(100);
        end.agreeTelephoneEvents(true);
        end.runFor(400);
        assertThat(end.line()).isEqualTo("M" + "S".repeat(8) + "...." + "M" + "K".repeat(10) + "...");
        assertThat(end.events).containsExactly(new DigitsSent(1, "12"));
    }

    @Test
    void aKeyGoesOnInPacketsOfAnotherLengthAndIsHeardOnce() {
        end.stream.sendDigits(1, "9", 160, 80);
        end.runFor(60);
        end.agree(AudioCodec.PCMA, 30);
        end.runFor(300);
        assertThat(probe().digits()).isEqualTo("9");
        assertThat(probe().heard().getFirst().durationMillis()).isEqualTo(180);
        assertThat(end.events).containsExactly(new DigitsSent(1, "9"));
    }
}
