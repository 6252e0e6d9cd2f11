package dev.outdial.media;

import static dev.outdial.media.OutgoingEnd.counting;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.testbed.probe.StreamProbe;
import dev.outdial.testbed.rtp.RtpPacket;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs on through a whole call: source, sequence numbers, timestamps, silence and the marker. */
class OutgoingCallTest {
    private final OutgoingEnd end = new OutgoingEnd();

    private static long sequencesBetween(RtpPacket from, RtpPacket to) {
        return (to.sequence() - from.sequence()) & 0xFFFF;
    }

    private static long samplesBetween(RtpPacket from, RtpPacket to) {
        return (to.timestamp() - from.timestamp()) & 0xFFFF_FFFFL;
    }

    @Test
    void in30MinutesThePacketOfEachPacketTimeHasItsSequenceNumberAndTimestamp() {
        end.agree(AudioCodec.PCMU, 20);
        end.stream.play(1, OutgoingEnd.clip(AudioCodec.PCMU, new short[12_345]), 0, -3);
        end.runFor(600_000);
        end.stream.stopPlaying();
        end.stream.sendDigits(2, "123W456");
        end.runFor(1_200_000);
        List<RtpPacket> packets = end.sent();
        assertThat(packets).hasSize(90_000);
        RtpPacket first = packets.getFirst();
        var probe = new StreamProbe();
        for (int i = 0; i < packets.size(); i++) {
            RtpPacket packet = packets.get(i);
            probe.hear(packet, i * 20_000_000L);
            if (sequencesBetween(first, packet) != (i & 0xFFFF)
                    || packet.payloadType() == 0 && samplesBetween(first, packet) != 160L * i)
                assertThat(packet).as("packet %d", i).isNull();
        }
        assertThat(probe.report().isClean()).as("%s", probe.report()).isTrue();
    }

    @Test
    void aPacketAllocatesNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer packet = ByteBuffer.allocateDirect(512);
        end.agree(AudioCodec.PCMU, 20);
        end.agreeTelephoneEvents(false);
        end.stream.playBeneath(1, OutgoingEnd.clip(AudioCodec.PCMU, new short[777]), -10);
        end.stream.play(2, OutgoingEnd.clip(AudioCodec.PCMU, new short[12_345]), 0, 3);
        end.stream.sendDigits(3, "12345", 160, 80);
        LiveSound hum = (target, count, nowNanos) -> {
            for (int i = 0; i < count; i++) target[i] = 1000;
            return true;
        };
        int allocating = 0;
        for (int i = 0; i < 3000; i++) {
            if (i == 500) end.stream.stop(1);
            if (i == 1000) end.stream.stopPlaying();
            if (i == 1020) end.agreeTelephoneEvents(true);
            if (i == 1500) {
                end.stream.live(hum);
                end.stream.listen((samples, count, nowNanos) -> {});
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            end.stream.tick(packet.clear(), i * 20_000_000L);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            if (allocated > 0) allocating++;
        }
        assertThat(end.events).hasSize(3);
        // Some load a class, and what comes to its end is an event.
        assertThat(allocating).isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40})
    void timestampsStepByThePacketLength(int ptimeMillis) {
        end.agree(AudioCodec.PCMA, ptimeMillis);
        end.runFor(1200);
        List<RtpPacket> packets = end.sent();
        for (int i = 1; i < packets.size(); i++) {
            assertThat(samplesBetween(packets.getFirst(), packets.get(i))).isEqualTo(ptimeMillis * 8L * i);
            assertThat(packets.get(i).payload()).hasSize(ptimeMillis * 8).containsOnly(0xD5);
        }
    }

    @Test
    void sourceSequenceAndTimestampRunOnThroughHoldKeysNoiseAndNewTerms() {
        end.stream.play(1, counting(1, 800));
        end.stream.sendDigits(2, "1");
        end.runFor(400);
        end.hold(true);
        end.runFor(3000);
        end.hold(false);
        end.runFor(100);
        end.agreeComfortNoise();
        end.runFor(1000);
        end.agree(AudioCodec.PCMA, 40);
        end.agreeTelephoneEvents(false);
        end.stream.sendDigits(3, "2");
        end.runFor(1000);
        RtpPacket first = end.sent().getFirst();
        assertThat(end.sent()).allMatch(p -> p.ssrc() == first.ssrc());
        int sent = 0;
        long samples = 0;
        for (Optional<RtpPacket> place : end.packets) {
            if (place.isPresent()) {
                RtpPacket packet = place.get();
                assertThat(sequencesBetween(first, packet)).isEqualTo(sent++);
                if (packet.payloadType() != OutgoingEnd.KEYS)
                    assertThat(samplesBetween(first, packet)).isEqualTo(samples);
            }
            samples += samples < 8L * (400 + 3000 + 100 + 1000) ? 160 : 320;
        }
        // Clip and key, silence, noise, the key in the sound, noise.
        assertThat(sent).isEqualTo(20 + 5 + 5 + 4 + 5);
    }

    @Test
    void theMarkerStartsTheStreamAndEachTalkspurtAndKeyAndNothingElse() {
        end.runFor(40);
        end.stream.play(1, counting(1, 320));
        end.stream.play(2, counting(1, 320));
        end.runFor(120);
        end.stream.play(3, counting(1, 160));
        end.stream.sendDigits(4, "1", 40, 40);
        end.stream.play(5, counting(1, 160));
        end.runFor(140);
        assertThat(end.line()).isEqualTo("M.." + "MSSSS" + ".." + "MS" + "MKKKK" + "MS" + ".");
    }

    @Test
    void silenceIsSentWhereNoComfortNoiseWasAgreed() {
        end.runFor(100);
        assertThat(end.line()).isEqualTo("M.....");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 40})
    void comfortNoiseIsToldAtTheStartOfSilenceAndFiveTimesASecond(int ptimeMillis) {
        end.agree(AudioCodec.PCMU, ptimeMillis);
        end.agreeComfortNoise();
        end.runFor(1000);
        String quiet = "-".repeat(200 / ptimeMillis - 1);
        assertThat(end.line()).isEqualTo(("N" + quiet).repeat(5));
        assertThat(end.sent()).allSatisfy(p -> assertThat(p.payload()).containsExactly(70));
    }

    @Test
    void soundAfterComfortNoiseHasTheMarkerAndSilenceAfterSoundIsToldAtOnce() {
        end.agreeComfortNoise();
        end.runFor(100);
        end.stream.play(1, counting(1, 320));
        end.stream.sendDigits(2, "1", 60, 100);
        end.runFor(260);
        assertThat(end.line()).isEqualTo("N----" + "MSS" + "MKKKKK" + "N--" + "---");
        assertThat(samplesBetween(end.sent().get(0), end.sent().get(1))).isEqualTo(800);
    }

    @Test
    void theClipBeneathWaitsWhileTheFarEndDoesNotListen() {
        end.stream.playBeneath(1, counting(1, 8000), 0);
        end.runFor(40);
        end.hold(true);
        end.runFor(100);
        end.hold(false);
        end.runFor(40);
        assertThat(end.line()).isEqualTo("MSS" + "-----" + "MSS");
        assertThat(end.sound()[320]).isEqualTo((short) 321);
        assertThat(end.events).isEmpty();
    }
}
