package dev.outdial.server.webhook;

import static dev.outdial.server.webhook.SimulatedReceivers.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.webhook.SimulatedReceivers.Reply;
import dev.outdial.server.webhook.SimulatedReceivers.Try;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is told what and when, in simulated time. */
class DeliveryLoopTest {
    private static final Duration QUICK = Duration.ofMillis(10);
    private static final int[] EVENTS_AFTER_MILLIS = {0, 200, 2_000, 5_000, 20_000};

    private static void calls(SimulatedReceivers world, String receiver, int perSecond, Duration time) {
        for (int i = 0; i < perSecond * time.toSeconds(); i++) {
            Instant begin = START.plusMillis(1000L * i / perSecond);
            String call = "call" + i;
            for (int seq = 1; seq <= EVENTS_AFTER_MILLIS.length; seq++) {
                int number = seq;
                world.at(
                        begin.plusMillis(EVENTS_AFTER_MILLIS[seq - 1]),
                        () -> world.outbox().add(receiver, call, number, world.now()));
            }
        }
    }

    /** Every event of every call was accepted once, in order. */
    private static void assertAllInOrder(List<Try> tries, int calls) {
        Map<String, Long> last = new HashMap<>();
        for (Try one : tries) {
            if (!one.accepted()) continue;
            assertThat(one.seq()).isEqualTo(last.getOrDefault(one.call(), 0L) + 1);
            last.put(one.call(), one.seq());
        }
        assertThat(last).hasSize(calls);
        assertThat(last.values()).allMatch(seq -> seq == EVENTS_AFTER_MILLIS.length);
    }

    @Test
    @Tag("slow")
    void aReceiverThatIsAwayForAnHourGetsAllOfItInOrderWithinMinutes() {
        var world = new SimulatedReceivers(1, 512);
        Instant back = START.plus(Duration.ofHours(1));
        world.receiver("away", (parcel, now) -> now.isBefore(back) ? Reply.unreachable() : Reply.ok(QUICK));
        calls(world, "away", 20, Duration.ofMinutes(65));

        world.runUntil(back);
        assertThat(world.tries()).as("while it was away").hasSizeLessThan(200);
        int triesWhileAway = world.tries().size();
        world.runUntil(back.plus(Duration.ofMinutes(10)));

        assertThat(world.outbox().left()).isZero();
        assertThat(world.outbox().dead()).isEmpty();
        assertAllInOrder(world.tries(), 20 * 65 * 60);
        assertThat(world.tries()).hasSize(triesWhileAway + 20 * 65 * 60 * EVENTS_AFTER_MILLIS.length);
        assertThat(world.tries().stream()
                        .filter(Try::accepted)
                        .findFirst()
                        .orElseThrow()
                        .at())
                .as("the first that arrives")
                .isBefore(back.plusSeconds(40));
    }

    @Test
    void receiversThatTakeAMinuteHoldUpNobodyElse() {
        var world = new SimulatedReceivers(2, 512);
        for (int i = 0; i < 100; i++) {
            String name = "slow" + i;
            world.receiver(name, (parcel, now) -> Reply.ok(Duration.ofMinutes(1)));
            for (int call = 0; call < 200; call++) world.outbox().add(name, "call" + call, 1, START);
        }
        world.receiver("quick", (parcel, now) -> Reply.ok(QUICK));
        calls(world, "quick", 20, Duration.ofMinutes(5));

        world.runUntil(START.plus(Duration.ofMinutes(6)));

        List<Try> quick = world.tries().stream()
                .filter(one -> one.receiver().equals("quick"))
                .toList();
        assertAllInOrder(quick, 20 * 5 * 60);
        assertThat(quick)
                .allSatisfy(one ->
                        assertThat(Duration.between(one.created(), one.at())).isLessThan(Duration.ofMillis(500)));
    }

    @Test
    void aCallWhoseReceiverRefusesOneEventHoldsUpNoOtherCall() {
        var world = new SimulatedReceivers(3, 512);
        world.receiver(
                "picky", (parcel, now) -> parcel.row().callId().equals("call7") ? refused(400, 0) : Reply.ok(QUICK));
        calls(world, "picky", 20, Duration.ofMinutes(1));

        world.runUntil(START.plus(Duration.ofMinutes(2)));

        assertThat(world.outbox().left()).isEqualTo(EVENTS_AFTER_MILLIS.length);
        assertThat(world.tries().stream().filter(Try::accepted))
                .hasSize((20 * 60 - 1) * EVENTS_AFTER_MILLIS.length)
                .allSatisfy(one ->
                        assertThat(Duration.between(one.created(), one.at())).isLessThan(Duration.ofMillis(500)));
    }

    @Test
    void whatIsNeverAcceptedIsGivenUpAfterThreeDaysAndWhatComesAfterItIsTried() {
        var world = new SimulatedReceivers(4, 512);
        world.receiver("never", (parcel, now) -> parcel.row().seq() == 1 ? refused(500, 0) : Reply.ok(QUICK));
        world.outbox().add("never", "call", 1, START);
        world.outbox().add("never", "call", 2, START);

        world.runUntilAllIsOver(START.plus(Duration.ofHours(80)), Duration.ofHours(1));

        assertThat(world.outbox().dead()).extracting(row -> row.seq()).containsExactly(1L);
        Try last = world.tries().getLast();
        assertThat(last.accepted()).isTrue();
        assertThat(last.at())
                .isBetween(
                        START.plus(Verdict.LONGEST), START.plus(Verdict.LONGEST).plusSeconds(60));
        assertThat(world.tries()).hasSizeBetween(40, 70);
    }

    @Test
    void whoWantsToBeLeftAloneIsLeftAlone() {
        var world = new SimulatedReceivers(5, 512);
        world.receiver(
                "busy", (parcel, now) -> now.isBefore(START.plusSeconds(120)) ? refused(429, 120) : Reply.ok(QUICK));
        for (int call = 0; call < 50; call++) world.outbox().add("busy", "call" + call, 1, START);

        world.runUntil(START.plusSeconds(300));

        assertThat(world.outbox().left()).isZero();
        assertThat(world.tries().stream().filter(one -> !one.accepted()))
                .as("those that were on their way together")
                .hasSizeLessThanOrEqualTo(ReceiverState.FIRST_AT_ONCE)
                .allMatch(one -> one.at().isBefore(START.plusSeconds(1)));
        assertThat(world.tries().stream().filter(Try::accepted))
                .allMatch(one -> !one.at().isBefore(START.plusSeconds(120)));
    }

    @Test
    void aReceiverThatIsGoneGetsNoMoreOfThat() {
        var world = new SimulatedReceivers(6, 512);
        world.receiver("gone", (parcel, now) -> new Reply(new Answer.Gone(), QUICK));
        world.outbox().add("gone", "call", 1, START);

        world.runUntil(START.plusSeconds(10));

        assertThat(world.tries()).hasSize(1);
        assertThat(world.outbox().dead()).hasSize(1);
    }

    @Test
    void whatIsStoredBrokenOfOneReceiverHoldsUpNobodyElse() {
        var world = new SimulatedReceivers(7, 512);
        world.receiver("well", (parcel, now) -> Reply.ok(QUICK));
        world.outbox().add("broken", "call", 1, START);
        world.outbox().add("well", "call", 1, START);

        world.runUntil(START.plusSeconds(10));

        assertThat(world.tries()).singleElement().matches(one -> one.receiver().equals("well"));
        assertThat(world.outbox().left()).isEqualTo(1);
    }

    private static Reply refused(int status, int retryAfterSeconds) {
        return new Reply(
                new Answer.Refused(
                        status,
                        retryAfterSeconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(retryAfterSeconds))),
                QUICK);
    }
}
