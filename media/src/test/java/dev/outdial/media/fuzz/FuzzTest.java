package dev.outdial.media.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.fetch.FetchAddressTarget;
import dev.outdial.media.rtcp.RtcpReception;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.sdp.SdpException;
import dev.outdial.media.sdp.SessionDescription;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every parser of the network, and every reader of files, is fed with inputs that are almost right. */
class FuzzTest {
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
            long maxNanos = TimeUnit.MILLISECONDS.toNanos(target.maxMillis);
            if (System.nanoTime() - start > maxNanos)
                assertThat(shortestNanos(target, input)).isLessThan(maxNanos);
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
        for (Target audio : List.of(Target.WAV, Target.MP3, Target.OGG))
            assertThat(audio.seeds).allMatch(file -> AudioReading.read(file) > 0);
        assertThat(FetchAddressTarget.takenSeeds()).isEqualTo(5);
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
        feedMutations(target, target.someInputs, 1);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void manyMutationsAreTakenInTimeAndLeaveNothingBehind(Target target) {
        // As much less as Jazzer is given less time.
        int count = (int) (target.manyInputs * Math.min(1, Integer.getInteger("outdial.fuzz.seconds", 12) / 12.0));
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
