package dev.outdial.media.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members with packet times of their own, in simulated time. */
class ConferenceMixTest {
    private final ConferenceMix mix = new ConferenceMix();
    private final List<Leg> legs = new ArrayList<>();
    private int nowMillis = 5000;

    /** Says a level that does not change, and remembers what it hears. */
    private static final class Leg {
        private final ConferenceMix.Member member;
        private final int ptimeMillis;
        private final int phase;
        private final List<short[]> heard = new ArrayList<>();
        private int level;
        private boolean given;

        Leg(ConferenceMix.Member member, int level, int ptimeMillis, int phase) {
            this.member = member;
            this.level = level;
            this.ptimeMillis = ptimeMillis;
            this.phase = phase;
        }

        void tick(int nowMillis) {
            if (nowMillis % ptimeMillis != phase) return;
            int count = ptimeMillis * 8;
            long nowNanos = nowMillis * 1_000_000L;
            // As a session does: first what leaves, then what came.
            var samples = new short[count];
            given = member.hear(samples, count, nowNanos);
            heard.add(samples);
            Arrays.fill(samples = new short[count], (short) level);
            member.say(samples, count, nowNanos);
        }

        short[] last() {
            return heard.getLast();
        }
    }

    private Leg join(int level, int ptimeMillis, int phase) {
        var leg = new Leg(mix.join(), level, ptimeMillis, phase);
        legs.add(leg);
        return leg;
    }

    private void run(int millis) {
        for (int i = 0; i < millis; i++, nowMillis++) legs.forEach(leg -> leg.tick(nowMillis));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 1, 19", "19, 10, 0", "7, 7, 8"})
    void eachHearsTheSumOfTheOthersAtTheirLevels(int first, int second, int third) {
        Leg a = join(1000, 20, first);
        Leg b = join(200, 20, second);
        Leg c = join(30, 20, third);
        run(200);
        for (int i = 0; i < 50; i++) {
            run(20);
            assertThat(a.last()).hasSize(160).containsOnly(230);
            assertThat(b.last()).containsOnly(1030);
            assertThat(c.last()).containsOnly(1200);
        }
    }

    @Test
    void packetsOfAnyLengthGoTogether() {
        Leg a = join(1000, 10, 3);
        Leg b = join(200, 20, 11);
        Leg c = join(30, 30, 7);
        Leg d = join(4, 40, 39);
        run(600);
        assertThat(a.last()).hasSize(80).containsOnly(234);
        assertThat(b.last()).hasSize(160).containsOnly(1034);
        assertThat(c.last()).hasSize(240).containsOnly(1204);
        assertThat(d.last()).hasSize(320).containsOnly(1230);
    }

    @Test
    void whatIsSaidIsHeardSampleForSample() {
        Leg speaker = join(0, 20, 13);
        Leg hearer = join(0, 20, 4);
        var samples = new short[160];
        int next = 1;
        for (int i = 0; i < 2000; i++, nowMillis++) {
            hearer.tick(nowMillis);
            if (nowMillis % 20 != 13) continue;
            for (int k = 0; k < 160; k++) samples[k] = (short) next++;
            speaker.member.say(samples, 160, nowMillis * 1_000_000L);
        }
        var all = new ArrayList<Short>();
        for (short[] packet : hearer.heard) for (short sample : packet) all.add(sample);
        int first = all.indexOf((short) 1);
        for (int i = first; i < all.size(); i++) assertThat(all.get(i)).isEqualTo((short) (i - first + 1));
        // Two packets and the slack at most.
        assertThat(all.size() - first).isGreaterThan(next - 360);
    }

    @Test
    void twentyWhoTalkLoudlyStayWithinTheLimit() {
        for (int i = 0; i < ConferenceMix.MOST_MEMBERS; i++) join(i % 2 == 0 ? 30_000 : 20_000, 20, i);
        run(200);
        assertThat(legs).allSatisfy(leg -> assertThat(leg.last()).containsOnly(Short.MAX_VALUE));
        legs.forEach(leg -> leg.level = -30_000);
        run(200);
        assertThat(legs).allSatisfy(leg -> assertThat(leg.last()).containsOnly(Short.MIN_VALUE));
        assertThatThrownBy(mix::join).isInstanceOf(IllegalStateException.class).hasMessageContaining("20 members");
    }

    @Test
    void whoComesIsHeardWhoLeavesOrIsMutedIsNot() {
        Leg a = join(1000, 20, 1);
        run(100);
        assertThat(a.given).isFalse();
        Leg b = join(200, 20, 2);
        Leg c = join(30, 20, 3);
        run(100);
        assertThat(a.last()).containsOnly(230);
        b.member.mute(true);
        run(20);
        assertThat(a.last()).containsOnly(30);
        assertThat(b.last()).containsOnly(1030);
        assertThat(c.last()).containsOnly(1000);
        b.member.mute(false);
        c.member.leave();
        c.member.leave();
        run(20);
        assertThat(a.last()).containsOnly(200);
        assertThat(c.given).isFalse();
        assertThat(mix.size()).isEqualTo(2);
        a.level = 0;
        run(60);
        assertThat(b.given).isFalse();
    }

    @Test
    void whoIsHeldUpIsSilentMeanwhileAndHeardWhereTheClockIsAfterwards() {
        Leg a = join(1000, 20, 0);
        Leg b = join(200, 20, 10);
        run(100);
        legs.remove(b);
        run(400);
        assertThat(a.last()).containsOnly(0);
        legs.add(b);
        run(100);
        assertThat(a.last()).containsOnly(200);
        assertThat(b.last()).containsOnly(1000);
    }
}
