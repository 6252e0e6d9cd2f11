package dev.outdial.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TickWheelTest {
    private static final long MILLIS = 1_000_000;
    private final LatenessHistogram lateness = new LatenessHistogram();
    private long now = 7_000_000_123L;
    private final long origin = now;
    private final TickWheel wheel = new TickWheel(() -> now, lateness, 2, origin);

    /** Notes the milliseconds at which it was called. */
    private final class Member implements LoopMember {
        private final List<Long> sends = new ArrayList<>();
        private final List<Long> receives = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();
        private int missed;
        private Consumer<Member> onSend = member -> {};
        private Consumer<Member> onFailed = member -> {};

        @Override
        public boolean send(int missedTicks, long nowNanos) {
            missed += missedTicks;
            sends.add((nowNanos - origin) / MILLIS);
            onSend.accept(this);
            return true;
        }

        @Override
        public void receive(long nowNanos) {
            receives.add((nowNanos - origin) / MILLIS);
        }

        @Override
        public void failed(Throwable problem) {
            failures.add(problem);
            onFailed.accept(this);
        }
    }

    /** Wakes the wheel when it wants to be woken. */
    private void runUntil(long millis) {
        runUntil(wheel, millis);
    }

    private void runUntil(TickWheel wheel, long millis) {
        while (wheel.nextDeadlineNanos() <= origin + millis * MILLIS) {
            now = Math.max(now, wheel.nextDeadlineNanos());
            wheel.run();
        }
        now = origin + millis * MILLIS;
    }

    @Test
    void aMemberIsCalledEveryPacketTimeOnAnAbsoluteGrid() {
        var member = new Member();
        wheel.add(member);
        runUntil(100);
        assertThat(member.sends).containsExactly(20L, 40L, 60L, 80L, 100L);
        assertThat(member.receives).isEqualTo(member.sends);
        assertThat(lateness.read()).isEqualTo(new Lateness(5, 0, 0, 0, 0));
    }

    @Test
    void aLateTickDoesNotShiftTheNext() {
        var member = new Member();
        wheel.add(member);
        runUntil(20);
        now = origin + 55 * MILLIS;
        wheel.run();
        runUntil(100);
        assertThat(member.sends).containsExactly(20L, 55L, 60L, 80L, 100L);
        assertThat(member.missed).isZero();
        assertThat(lateness.read().maxNanos()).isEqualTo(15 * MILLIS);
    }

    @Test
    void missedTicksAreCountedAndNeverMadeUpFor() {
        var member = new Member();
        wheel.add(member);
        runUntil(20);
        now = origin + 1005 * MILLIS;
        wheel.run();
        runUntil(1040);
        assertThat(member.sends).containsExactly(20L, 1005L, 1020L, 1040L);
        assertThat(member.missed).isEqualTo(48);
    }

    @Test
    void afterAPauseEachMemberSendsOnePacketAtOnceAndTheGridIsKept() {
        var members = new ArrayList<Member>();
        for (int i = 0; i < 100; i++) {
            members.add(new Member());
            wheel.add(members.getLast());
        }
        runUntil(100);
        now = origin + 401 * MILLIS;
        wheel.run();
        wheel.run();
        for (Member member : members) {
            assertThat(member.sends.getLast()).isEqualTo(401);
            assertThat(member.sends.get(member.sends.size() - 2)).isLessThanOrEqualTo(100);
            assertThat(member.missed).isEqualTo(14);
        }
        runUntil(440);
        for (Member member : members) {
            long phase = member.sends.getFirst() % 20;
            assertThat(member.sends.subList(member.sends.size() - 2, member.sends.size()))
                    .allMatch(at -> at % 20 == phase);
        }
    }

    @Test
    void aPacketTimeThatBeginsWhileOthersAreServedIsNeitherLostNorUncounted() {
        var slow = new Member();
        var other = new Member();
        slow.onSend = member -> now += member.sends.size() == 1 ? 45 * MILLIS : 0;
        wheel.add(other);
        for (int i = 1; i < 10; i++) wheel.add(new Member());
        // In the slot of the first.
        wheel.add(slow);
        runUntil(200);
        assertThat(other.sends.size() + other.missed).isEqualTo(10);
        assertThat(slow.sends.size() + slow.missed).isEqualTo(10);
    }

    @Test
    void packetTimesMayBeMixed() {
        for (int slotMillis = 1; slotMillis <= 2; slotMillis++) {
            var mixed = new TickWheel(() -> now, lateness, slotMillis, origin);
            var members = new ArrayList<Member>();
            now = origin;
            for (int millis = 10; millis <= 40; millis += 10) {
                members.add(new Member());
                mixed.period(mixed.add(members.getLast()), millis);
            }
            runUntil(mixed, 1000);
            for (int i = 0; i < members.size(); i++)
                assertThat(intervals(members.get(i))).containsOnly(10L + 10 * i);
        }
    }

    @Test
    void aPacketTimeThatIsNoMultipleOfTheSlotIsKeptInTheLongRun() {
        var coarse = new TickWheel(() -> now, lateness, 4, origin);
        var member = new Member();
        coarse.period(coarse.add(member), 30);
        runUntil(coarse, 30_020);
        assertThat(member.sends).hasSize(1001);
        assertThat(intervals(member)).containsOnly(28L, 32L);
        assertThat(lateness.read().maxNanos()).isLessThan(4 * MILLIS);
    }

    private static List<Long> intervals(Member member) {
        var intervals = new ArrayList<Long>();
        for (int i = 1; i < member.sends.size(); i++) intervals.add(member.sends.get(i) - member.sends.get(i - 1));
        return intervals;
    }

    @Test
    void aMemberThatMovesBetweenWheelsKeepsItsGrid() {
        var other = new TickWheel(() -> now, lateness, 2, origin);
        var member = new Member();
        TickWheel at = wheel;
        TickWheel.Seat seat = at.add(member);
        var random = new java.util.Random(5);
        for (long millis = 0; millis < 4000; millis += random.nextInt(40)) {
            runUntil(at, millis);
            at.remove(seat);
            at = at.equals(wheel) ? other : wheel;
            seat = at.add(member, seat.dueNanos());
        }
        assertThat(member.sends).hasSizeGreaterThan(190);
        assertThat(intervals(member)).containsOnly(20L);
        assertThat(member.missed).isZero();
    }

    @Test
    void membersAreSpreadOverThePacketTime() {
        var members = new ArrayList<Member>();
        for (int i = 0; i < 100; i++) {
            members.add(new Member());
            wheel.add(members.getLast());
        }
        runUntil(60);
        for (long at = 40; at < 60; at += 2) {
            long phase = at;
            assertThat(members.stream().filter(m -> m.sends.contains(phase)))
                    .as("at %d ms", at)
                    .hasSize(10);
        }
    }

    @Test
    void aMemberMayHaveAnotherPacketTime() {
        var member = new Member();
        var seat = wheel.add(member);
        runUntil(20);
        wheel.period(seat, 30);
        runUntil(120);
        assertThat(member.sends).containsExactly(20L, 40L, 70L, 100L);
    }

    @Test
    void aMemberThatLeavesIsNotCalledAgain() {
        var member = new Member();
        var seats = new ArrayList<TickWheel.Seat>();
        member.onSend = m -> seats.forEach(wheel::remove);
        seats.add(wheel.add(member));
        runUntil(200);
        assertThat(member.sends).containsExactly(20L);
        assertThat(member.receives).isEmpty();
        assertThat(wheel.size()).isZero();
        assertThat(wheel.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aMemberThatFailsHarmsNobodyElse() {
        var broken = new Member();
        broken.onSend = m -> {
            throw new IllegalStateException("broken");
        };
        var sound = new Member();
        wheel.add(broken);
        wheel.add(sound);
        runUntil(100);
        assertThat(broken.sends).hasSize(1);
        assertThat(broken.failures).hasSize(1);
        assertThat(sound.sends).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aMemberThatFailsEvenToEndHarmsNobodyElse() {
        var broken = new Member();
        broken.onSend = m -> {
            throw new LinkageError("an error, as it may happen anywhere");
        };
        broken.onFailed = m -> {
            throw new IllegalStateException("broken in its end too");
        };
        var sound = new Member();
        wheel.add(broken);
        wheel.add(sound);
        runUntil(100);
        assertThat(broken.sends).hasSize(1);
        assertThat(broken.failures).hasSize(1);
        assertThat(sound.sends).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void anHourWithoutMembersIsSkipped() {
        now += 3_600_000 * MILLIS;
        var member = new Member();
        wheel.add(member);
        assertThat(wheel.nextDeadlineNanos() - now).isBetween(0L, 20 * MILLIS);
    }

    @Test
    void theHistogramsBucketsAreAtMostASixteenthWide() {
        for (long value = 0; value < 5_000_000; value += 1 + value / 50) {
            long upper = LatenessHistogram.upperBound(LatenessHistogram.bucketOf(value));
            assertThat(upper).isGreaterThanOrEqualTo(value);
            assertThat(upper - value).isLessThanOrEqualTo(value / 16);
        }
        for (int i = 1; i <= 1000; i++) lateness.add(i * 1000L);
        assertThat(lateness.read().p50Nanos()).isBetween(500_000L, 531_250L);
        assertThat(lateness.read().p99Nanos()).isBetween(990_000L, 1_000_000L);
        assertThat(lateness.read().maxNanos()).isEqualTo(1_000_000L);
    }
}
