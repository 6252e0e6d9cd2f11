package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.testbed.link.ImpairedLink;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutgoingStreamTest {
    private final SimulatedPair pair = new SimulatedPair(new Random(1), ImpairedLink.seed(1));

    private static EncodedClip clip(int code, int sampleCount) {
        byte[] codes = new byte[sampleCount];
        Arrays.fill(codes, (byte) code);
        return EncodedClip.of(AudioCodec.PCMU, 20, codes);
    }

    /** One letter a packet: the code of its sound, M before where the marker is set, K for a key. */
    private String sent() {
        var text = new StringBuilder();
        for (ByteBuffer packet : pair.packets) {
            if (packet.get(1) < 0) text.append('M');
            boolean key = (packet.get(1) & 0x7F) == 101;
            int code = packet.get(12) & 0xFF;
            text.append(key ? "K" : code == 0xFF ? "." : String.valueOf((char) code));
        }
        return text.toString();
    }

    @Test
    void silenceFlowsFromTheAnswerOnAndTheMarkerStartsTalkspurts() {
        pair.runFor(60);
        pair.outgoing.play(1, clip('a', 320));
        pair.runFor(80);
        assertThat(sent()).isEqualTo("M..." + "Maa" + "..");
        assertThat(pair.sentEvents).containsExactly(new MediaEvent.Played(1, 40, true));
    }

    @Test
    void aClipBeginsInTheSampleAfterTheLastAndOnlyTheLastPacketIsFilledUp() {
        pair.outgoing.play(1, clip('a', 330));
        pair.outgoing.play(2, clip('b', 160));
        pair.runFor(100);
        assertThat(sent()).isEqualTo("Maaab.");
        ByteBuffer third = pair.packets.get(2);
        assertThat(third.get(12 + 9)).isEqualTo((byte) 'a');
        assertThat(third.get(12 + 10)).isEqualTo((byte) 'b');
        ByteBuffer fourth = pair.packets.get(3);
        assertThat(fourth.get(12 + 9)).isEqualTo((byte) 'b');
        assertThat(fourth.get(12 + 10)).isEqualTo((byte) 0xFF);
        assertThat(pair.sentEvents)
                .containsExactly(new MediaEvent.Played(1, 41, true), new MediaEvent.Played(2, 20, true));
    }

    @Test
    void sequenceNumbersStepByOneAndTimestampsByAPacketThroughEverything() {
        pair.outgoing.play(1, clip('a', 1600));
        pair.outgoing.sendDigits(2, "1");
        pair.outgoing.play(3, clip('b', 1600));
        pair.runFor(1000);
        for (int i = 1; i < pair.packets.size(); i++) {
            ByteBuffer packet = pair.packets.get(i);
            ByteBuffer before = pair.packets.get(i - 1);
            assertThat((short) (packet.getShort(2) - before.getShort(2))).isEqualTo((short) 1);
            assertThat(packet.getInt(8)).isEqualTo(before.getInt(8));
            if ((packet.get(1) & 0x7F) == 0)
                assertThat(packet.getInt(4)).isEqualTo(pair.packets.getFirst().getInt(4) + 160 * i);
        }
        assertThat(sent())
                .isEqualTo("M" + "a".repeat(10) + "M" + "K".repeat(10) + ".." + "M" + "b".repeat(10) + ".".repeat(18));
    }

    @Test
    void whatIsMutedGoesOnUnheardAndInTimeWhileKeysAreSent() {
        pair.outgoing.play(1, clip('a', 800));
        pair.outgoing.sendDigits(2, "1");
        pair.outgoing.play(3, clip('b', 320));
        pair.runFor(40);
        pair.outgoing.mute(true);
        pair.runFor(40);
        pair.outgoing.mute(false);
        pair.runFor(20);
        pair.outgoing.mute(true);
        pair.runFor(300);
        pair.outgoing.mute(false);
        pair.outgoing.play(4, clip('c', 160));
        pair.runFor(20);
        assertThat(sent()).startsWith("Maa" + ".." + "a" + "M" + "K".repeat(10)).endsWith("Mc");
        assertThat(sent()).doesNotContain("b");
        assertThat(pair.sentEvents).contains(new MediaEvent.Played(1, 100, true), new MediaEvent.Played(3, 40, true));
        for (int i = 1; i < pair.packets.size(); i++)
            assertThat((short) (pair.packets.get(i).getShort(2)
                            - pair.packets.get(i - 1).getShort(2)))
                    .isEqualTo((short) 1);
    }

    @Test
    void stoppingTakesEffectWithTheNextPacketAndKeysAreStillSent() {
        pair.outgoing.play(1, clip('a', 16_000));
        pair.outgoing.play(2, clip('b', 160));
        pair.outgoing.sendDigits(3, "9");
        pair.runFor(60);
        pair.outgoing.stopPlaying();
        pair.runFor(300);
        assertThat(sent()).isEqualTo("Maaa" + "M" + "K".repeat(10) + "..".repeat(1) + "...");
        assertThat(pair.sentEvents)
                .containsExactly(
                        new MediaEvent.Played(1, 60, false),
                        new MediaEvent.Played(2, 0, false),
                        new MediaEvent.DigitsSent(3, "9"));
    }

    @Test
    void whatIsUnderWayAtTheEndIsNotWhole() {
        pair.outgoing.sendDigits(1, "123");
        pair.outgoing.play(2, clip('a', 160));
        pair.runFor(300);
        pair.outgoing.finish();
        pair.outgoing.play(3, clip('a', 160));
        assertThat(pair.sentEvents)
                .containsExactly(
                        new MediaEvent.DigitsSent(1, "1"),
                        new MediaEvent.Played(2, 0, false),
                        new MediaEvent.Played(3, 0, false));
    }

    @Test
    void onHoldNothingIsSentAndNothingWaitsForItsEnd() {
        Agreed t = SimulatedPair.TERMS;
        pair.outgoing.play(1, clip('a', 480));
        pair.outgoing.sendDigits(2, "12");
        pair.runFor(20);
        pair.outgoing.agree(with(t.telephoneEventPayloadType(), false));
        pair.runFor(80);
        pair.outgoing.play(3, clip('b', 480));
        pair.runFor(20);
        assertThat(pair.sentEvents)
                .containsExactly(
                        new MediaEvent.Played(1, 20, false),
                        new MediaEvent.DigitsSent(2, ""),
                        new MediaEvent.Played(3, 0, false));
        pair.outgoing.agree(t);
        pair.outgoing.play(4, clip('c', 320));
        pair.runFor(60);
        assertThat(sent()).isEqualTo("Ma" + "Mcc" + ".");
        assertThat(pair.packets.get(1).getInt(4) - pair.packets.getFirst().getInt(4))
                .isEqualTo(6 * 160);
    }

    @Test
    void aKeyThatIsDownWhenTheHoldBeginsIsNotSentAndNotGoneOnWith() {
        Agreed t = SimulatedPair.TERMS;
        pair.outgoing.sendDigits(1, "12");
        pair.runFor(320);
        pair.outgoing.agree(with(t.telephoneEventPayloadType(), false));
        pair.runFor(20);
        assertThat(pair.sentEvents).containsExactly(new MediaEvent.DigitsSent(1, "1"));
        pair.outgoing.agree(t);
        pair.runFor(40);
        assertThat(sent()).isEqualTo("M" + "K".repeat(10) + ".." + "M" + "K".repeat(4) + "..");
    }

    @Test
    void aFarEndWithoutTelephoneEventsIsSentKeysInTheSound() {
        pair.outgoing.agree(with(OptionalInt.empty(), true));
        pair.outgoing.sendDigits(1, "12");
        pair.runFor(500);
        assertThat(pair.sentEvents).containsExactly(new MediaEvent.DigitsSent(1, "12"));
        assertThat(sent()).doesNotContain("K");
    }

    private static Agreed with(OptionalInt telephoneEvent, boolean mayTalk) {
        return SimulatedPair.terms(telephoneEvent, SimulatedPair.RECEIVE, mayTalk);
    }
}
