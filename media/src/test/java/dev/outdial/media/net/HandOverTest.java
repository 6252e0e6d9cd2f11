package dev.outdial.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandOverTest {
    private static final long PTIME_NANOS = 20_000_000;

    private final MediaLoop one = MediaLoop.start("test-media-1", 2);
    private final MediaLoop two = MediaLoop.start("test-media-2", 2);
    private final Member member = new Member();
    private final Membership membership = one.join(member);

    /** Notes its ticks; fails where it is called by a loop that does not have it. */
    private final class Member implements LoopMember {
        private final BlockingQueue<String> ticks = new LinkedBlockingQueue<>();
        private final List<Throwable> failures = new ArrayList<>();
        private long firstNanos;
        private long lastNanos;
        private long packetTimes;

        @Override
        public boolean send(int missedTicks, long nowNanos) {
            membership.assertOwner();
            if (firstNanos == 0) firstNanos = nowNanos;
            else packetTimes += 1 + missedTicks;
            lastNanos = nowNanos;
            return true;
        }

        @Override
        public void receive(long nowNanos) {
            membership.assertOwner();
            ticks.add(Thread.currentThread().getName());
        }

        @Override
        public void failed(Throwable problem) {
            failures.add(problem);
        }
    }

    @AfterEach
    void closeLoops() {
        one.close();
        two.close();
    }

    private String nextTick() throws Exception {
        member.ticks.clear();
        return member.ticks.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void messagesStayInOrderAndTicksGoOnWhileAMemberIsHandedToAndFro() throws Exception {
        int handOvers = 40;
        int messagesARound = 13;
        var heard = List.of(new ArrayList<Integer>(), new ArrayList<Integer>());
        var faults = new LinkedBlockingQueue<Throwable>();
        var round = new CyclicBarrier(3);
        membership.enter();
        try (var posters = Executors.newFixedThreadPool(2)) {
            var posted = new ArrayList<Future<?>>();
            for (List<Integer> mine : heard)
                posted.add(posters.submit(() -> {
                    for (int i = 0; i < handOvers * messagesARound; i++) {
                        if (i % messagesARound == 0) round.await(10, TimeUnit.SECONDS);
                        int number = i;
                        membership.post(() -> {
                            try {
                                membership.assertOwner();
                                mine.add(number);
                            } catch (IllegalStateException e) {
                                faults.add(e);
                            }
                        });
                    }
                    return null;
                }));
            for (int i = 0; i < handOvers; i++) {
                MediaLoop to = i % 2 == 0 ? two : one;
                round.await(10, TimeUnit.SECONDS);
                MediaLoop.handOver(membership, to);
                assertThat(nextTick()).isNotNull();
            }
            for (Future<?> each : posted) each.get(10, TimeUnit.SECONDS);
        }
        settle();
        for (List<Integer> mine : heard) {
            assertThat(mine).hasSize(handOvers * messagesARound);
            assertThat(mine).isSorted().doesNotHaveDuplicates();
        }
        assertThat(faults).isEmpty();
        assertThat(member.failures).isEmpty();
        // The grid of the first tick was kept to the end: none doubled, and those that were missed were counted.
        long elapsed = Math.round((double) (member.lastNanos - member.firstNanos) / PTIME_NANOS);
        assertThat(member.packetTimes).isBetween(elapsed - 1, elapsed + 1);
        assertThat(one.size() + two.size()).isEqualTo(1);
    }

    /** Ends the ticks and returns when all that was posted has been run. */
    private void settle() throws Exception {
        var last = new CountDownLatch(1);
        membership.post(last::countDown);
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
        // Seen here is what was done before the latch, by whichever loop.
    }

    @Test
    void aMemberUsesTheBuffersOfTheLoopThatHasIt() throws Exception {
        var buffers = new LinkedBlockingQueue<PacketBuffers>();
        membership.post(() -> buffers.add(membership.buffers()));
        MediaLoop.handOver(membership, two);
        membership.post(() -> buffers.add(membership.buffers()));
        assertThat(buffers.poll(10, TimeUnit.SECONDS)).isSameAs(one.buffers());
        assertThat(buffers.poll(10, TimeUnit.SECONDS)).isSameAs(two.buffers());
        assertThat(nextTick()).isEqualTo("test-media-2");
    }

    @Test
    void aMemberThatHasLeftIsNotCalledOnTheOtherLoopButItsMessagesAreRun() throws Exception {
        membership.post(membership::leave);
        MediaLoop.handOver(membership, two);
        settle();
        assertThat(one.size() + two.size()).isZero();
        assertThat(member.ticks).isEmpty();
    }
}
