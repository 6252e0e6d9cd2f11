package dev.outdial.media.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.rtcp.RtcpReception;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.sdp.SdpException;
import dev.outdial.media.sdp.SessionDescription;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every parser of the network is fed with inputs that are almost right. */
class FuzzTest {
    private static final long MAX_NANOS = 100_000_000;

    private static void feed(Target target, byte[] input) {
        try {
            target.feed.take(input);
        } catch (Throwable e) {
            throw new AssertionError(target + " fails for " + HexFormat.of().formatHex(input), e);
        }
    }

    private static void feedMutations(Target target, int count, long seed) {
        var mutations = new Mutations(target.seeds, seed);
        for (int i = 0; i < count; i++) {
            byte[] input = mutations.next();
            long start = System.nanoTime();
            feed(target, input);
            // Held up once may be the machine; held up again is the input.
            if (System.nanoTime() - start > MAX_NANOS)
                assertThat(shortestNanos(target, input)).isLessThan(MAX_NANOS);
        }
    }

    private static long shortestNanos(Target target, byte[] input) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            feed(target, input);
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest;
    }

    /** Changes to what is garbage from the start would try nothing. */
    @Test
    void theSeedsAreGenuine() throws SdpException {
        assertThat(SrtpTarget.seeds()).extracting(SrtpTarget::authentic).containsExactly(6, 3, 0);
        assertThat(TelephoneEventTarget.hear(TelephoneEventTarget.seeds().getFirst()))
                .isEqualTo("51");
        for (byte[] description : SdpTarget.seeds())
            assertThat(SessionDescription.parse(description).media().getFirst().port())
                    .isEqualTo(4000);
        assertThat(Packets.reports()).allMatch(report -> RtcpReception.isRtcp(ByteBuffer.wrap(report)));
        assertThat(Packets.odd()).allMatch(packet -> new RtpPacket().parse(ByteBuffer.wrap(packet)));
    }

    @Test
    void mutationsAreTheSameForTheSameSeedAndSeldomTheSeedItself() {
        byte[] origin = Packets.sound().getFirst();
        var one = new Mutations(List.of(origin), 5);
        var other = new Mutations(List.of(origin), 5);
        int unchanged = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] input = one.next();
            assertThat(other.next()).isEqualTo(input);
            if (Arrays.equals(input, origin)) unchanged++;
        }
        assertThat(unchanged).isLessThan(100);
    }

    @ParameterizedTest
    @EnumSource
    void seedsAndSomeMutationsAreTaken(Target target) {
        target.seeds.forEach(seed -> feed(target, seed));
        feedMutations(target, 3000, 1);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void millionsOfMutationsAreTakenInTimeAndLeaveNothingBehind(Target target) {
        // A session's keys are derived, or sound is decoded, for each input: that takes longer than all else.
        int count = target == Target.SRTP || target == Target.CODED_SOUND ? 100_000 : 2_000_000;
        feedMutations(target, count / 20, 2);
        long before = usedBytes();
        feedMutations(target, count, 3);
        assertThat(usedBytes() - before).isLessThan(8_000_000);
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
