package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpSender;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.testbed.rtp.RtpPacket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What one far end says and another one hears, each with packet times of its own, in simulated time. */
class LentSoundTest {
    private static final int CYCLE = 20;
    /** At worst a packet waits 20 ms until it is read, and 25 ms for its jitter; 60 are allowed. */
    private static final double MOST_MILLIS = 45;

    private final RtpReceiver receiver = new RtpReceiver();
    private final IncomingStream incoming =
            new IncomingStream(receiver, SimulatedPair.RECEIVE, SessionOptions.DEFAULT, event -> {});
    private final OutgoingStream outgoing = new OutgoingStream(new RtpSender(new Random(1)), event -> {});
    private boolean muted;
    private final LentSound sound = new LentSound(() -> true, () -> muted);
    private final List<RtpPacket> left = new ArrayList<>();
    /** When each of them left. */
    private final List<Integer> leftAt = new ArrayList<>();

    private int millis;

    /** When, within 20 ms, packets come, the lender looks for them, and the borrower's packets are due. */
    private record Phases(int arrival, int lender, int borrower) {}

    LentSoundTest() {
        incoming.agree(SimulatedPair.TERMS, 0);
        agree(AudioCodec.PCMU, 20);
        incoming.lend(sound);
        outgoing.live(sound);
    }

    private void agree(AudioCodec codec, int ptimeMillis) {
        Agreed base = SimulatedPair.TERMS;
        outgoing.agree(new Agreed(
                codec,
                codec.payloadType(),
                OptionalInt.of(101),
                OptionalInt.empty(),
                base.receive(),
                ptimeMillis,
                base.remoteRtp(),
                base.remoteRtcp(),
                true,
                true,
                base.srtp()));
    }

    private static byte[] packet(AudioCodec codec, int number, byte[] payload) {
        return new RtpPacket(codec.payloadType(), false, number, number * 160L, 77, payload).toBytes();
    }

    /** Codes that are never those of silence, nor mu-law's negative zero. */
    private static byte[] codes(int number) {
        byte[] codes = new byte[160];
        var random = new Random(number);
        for (int i = 0; i < 160; i++) codes[i] = (byte) random.nextInt(0x70);
        return codes;
    }

    /** Runs a number of packet times; packets come at their phase and are read when the lender looks. */
    private void run(Phases phases, int packetTimes, AudioCodec said) {
        var waiting = new ArrayList<byte[]>();
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        for (int end = millis + packetTimes * CYCLE; millis < end; millis++) {
            long now = millis * 1_000_000L;
            int number = millis / CYCLE;
            if (millis % CYCLE == phases.arrival()) waiting.add(packet(said, number, codes(number)));
            if (millis % CYCLE == phases.lender()) {
                for (byte[] each : waiting) incoming.put(ByteBuffer.wrap(each), SimulatedPair.LEFT, now);
                waiting.clear();
                incoming.tick(now);
            }
            if (millis % CYCLE == phases.borrower() && outgoing.tick(buffer.clear(), now)) {
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                left.add(RtpPacket.parse(bytes).orElseThrow());
                leftAt.add(millis);
            }
        }
    }

    private byte[] codesThatLeft() {
        var all = new ByteArrayOutputStream();
        left.forEach(packet -> all.writeBytes(packet.payload()));
        return all.toByteArray();
    }

    /** How long after it came the first code of a packet left. */
    private double delayMillis(Phases phases, int number) {
        byte[] all = codesThatLeft();
        byte[] wanted = codes(number);
        for (int i = 0; i + 160 <= all.length; i++) {
            if (Arrays.equals(all, i, i + 160, wanted, 0, 160))
                return leftAt.get(i / 160) + i % 160 / 8.0 - (number * CYCLE + phases.arrival());
        }
        throw new AssertionError("packet " + number + " never left");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 19, 18", "1, 0, 0", "1, 0, 19", "10, 9, 8", "10, 11, 12", "19, 18, 17", "5, 15, 5"})
    void whatIsSaidLeavesWithinSixtyMillisecondsWithTheVeryCodesThatCame(int arrival, int lender, int borrower) {
        var phases = new Phases(arrival, lender, borrower);
        run(phases, 1000, AudioCodec.PCMU);
        double first = delayMillis(phases, 0);
        double later = delayMillis(phases, 900);
        assertThat(first).isBetween(0.0, MOST_MILLIS);
        assertThat(later).isBetween(0.0, MOST_MILLIS);
        assertThat(left).hasSizeGreaterThanOrEqualTo(999);
        // From the first one on nothing is lost, made up or changed.
        byte[] all = codesThatLeft();
        int at = 0;
        while (all[at] == (byte) 0xFF) at++;
        int number = 0;
        for (; at + 160 <= all.length; at += 160, number++)
            assertThat(Arrays.copyOfRange(all, at, at + 160))
                    .as("packet %d", number)
                    .isEqualTo(codes(number));
        assertThat(number).isGreaterThan(990);
    }

    @ParameterizedTest
    @EnumSource(
            value = AudioCodec.class,
            names = {"PCMU", "PCMA", "L16"})
    void whoSpeaksAnotherCodecHearsTheSameSound(AudioCodec codec) {
        agree(codec, 20);
        run(new Phases(0, 5, 10), 100, AudioCodec.PCMA);
        var heard = new short[160];
        RtpPacket last = left.getLast();
        assertThat(last.payloadType()).isEqualTo(codec.payloadType());
        codec.decode(ByteBuffer.wrap(last.payload()), 0, last.payload().length, heard, 0);
        var said = new short[320];
        boolean found = false;
        for (int number = 90; number < 99; number++) {
            AudioCodec.PCMA.decode(ByteBuffer.wrap(codes(number)), 0, 160, said, 0);
            AudioCodec.PCMA.decode(ByteBuffer.wrap(codes(number + 1)), 0, 160, said, 160);
            for (int shift = 0; shift < 160; shift++) found |= isAlike(said, shift, heard);
        }
        assertThat(found).isTrue();
    }

    /** As near as a logarithmic code is. */
    private static boolean isAlike(short[] said, int shift, short[] heard) {
        for (int i = 0; i < 160; i++)
            if (Math.abs(said[shift + i] - heard[i]) > 8 + Math.abs(heard[i]) / 16) return false;
        return true;
    }

    @Test
    void otherPacketLengthsAndNewCodecsDoNotBreakIt() {
        var phases = new Phases(3, 4, 5);
        run(phases, 50, AudioCodec.PCMU);
        left.clear();
        agree(AudioCodec.PCMA, 20);
        run(phases, 50, AudioCodec.PCMU);
        assertThat(left).allMatch(packet -> packet.payloadType() == 8).hasSize(50);
        assertThat(left.subList(10, 50)).noneMatch(LentSoundTest::isSilent);
    }

    @Test
    void whoIsMutedIsNotHeardAndIsInTimeAfterwards() {
        var phases = new Phases(3, 4, 5);
        run(phases, 50, AudioCodec.PCMU);
        muted = true;
        left.clear();
        leftAt.clear();
        run(phases, 50, AudioCodec.PCMU);
        assertThat(left).hasSize(50).allMatch(LentSoundTest::isSilent);
        muted = false;
        run(phases, 50, AudioCodec.PCMU);
        assertThat(left.subList(50, 100)).noneMatch(LentSoundTest::isSilent);
        // Nothing of what was said meanwhile comes late.
        assertThat(delayMillis(phases, 110)).isBetween(0.0, MOST_MILLIS);
    }

    private static boolean isSilent(RtpPacket packet) {
        for (byte code : packet.payload()) if (code != (byte) 0xFF && code != (byte) 0xD5) return false;
        return true;
    }

    @Test
    void whoIsTakenBackOrCarriedElsewhereIsNotHeard() {
        var elsewhere = new LentSound(() -> false, () -> false);
        incoming.lend(elsewhere);
        outgoing.live(elsewhere);
        run(new Phases(0, 5, 10), 50, AudioCodec.PCMU);
        assertThat(left).hasSize(50).allMatch(LentSoundTest::isSilent);
        incoming.lend(sound);
        run(new Phases(0, 5, 10), 50, AudioCodec.PCMU);
        assertThat(left.subList(60, 100)).noneMatch(LentSoundTest::isSilent);
        outgoing.stopLive(sound);
        incoming.takeBack(sound);
        left.clear();
        run(new Phases(0, 5, 10), 50, AudioCodec.PCMU);
        assertThat(left).allMatch(LentSoundTest::isSilent);
    }
}
