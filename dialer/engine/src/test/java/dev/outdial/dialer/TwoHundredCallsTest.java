package dev.outdial.dialer;

import static dev.outdial.dialer.digits.Digits.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkEvent;
import dev.outdial.testbed.uas.CallEnd;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two hundred calls at once, of eight kinds: what each listener hears is held against what the carrier did, and the threads are
 * looked at while they all come, and while they all go.
 */
@Tag("slow")
@Timeout(180)
class TwoHundredCallsTest {
    private static final int CALLS = 200;
    private static final int DUMPS = 10;
    private static final Duration RING = Duration.ofSeconds(60);

    /** What a callee does, and what we do with the call until it stands where it should, and then. */
    private enum Kind {
        RINGS(OutcomeKind.CANCELED, EndedBy.LOCAL, new Step.Ring()) {
            @Override
            void bring(Call call, Diary diary) throws InterruptedException {
                diary.await(CallEvent.Ringing.class);
            }
        },
        BUSY(OutcomeKind.BUSY, EndedBy.REMOTE, new Step.Refuse(486)) {
            @Override
            void bring(Call call, Diary diary) throws InterruptedException {
                call.awaitEnd();
            }
        },
        DECLINES(OutcomeKind.REJECTED, EndedBy.REMOTE, new Step.Ring(), new Step.Refuse(603)) {
            @Override
            void bring(Call call, Diary diary) throws InterruptedException {
                call.awaitEnd();
            }
        },
        LISTENS(OutcomeKind.COMPLETED, EndedBy.LOCAL, new Step.Answer()) {
            @Override
            void bring(Call call, Diary diary) throws InterruptedException {
                call.awaitAnswer();
            }
        },
        PRESSES(
                OutcomeKind.COMPLETED,
                EndedBy.LOCAL,
                new Step.Ring(),
                new Step.Answer(),
                new Step.Wait(Duration.ofSeconds(1)),
                new Step.Press("1905#")) {
            @Override
            void bring(Call call, Diary diary) throws InterruptedException {
                assertThat(call.collect(until('#').within(RING))).isEqualTo("1905");
            }
        },
        HEARS_KEYS(OutcomeKind.COMPLETED, EndedBy.LOCAL, new Step.Answer()) {
            @Override
            void bring(Call call, Diary diary) throws InterruptedException {
                call.sendDigits("73");
            }
        },
        IS_HELD(OutcomeKind.COMPLETED, EndedBy.LOCAL, new Step.EarlyMedia(), new Step.Answer()) {
            @Override
            void bring(Call call, Diary diary) throws InterruptedException {
                call.awaitAnswer();
                call.hold();
            }
        },
        HANGS_UP(
                OutcomeKind.COMPLETED,
                EndedBy.REMOTE,
                new Step.Answer(),
                new Step.Wait(Duration.ofMillis(1500)),
                new Step.HangUp()) {
            @Override
            void bring(Call call, Diary diary) throws InterruptedException {
                call.awaitEnd();
            }
        };

        private final OutcomeKind outcome;
        private final EndedBy endedBy;
        private final Persona persona;

        Kind(OutcomeKind outcome, EndedBy endedBy, Step... steps) {
            this.outcome = outcome;
            this.endedBy = endedBy;
            this.persona = Persona.of("does as it is told", steps);
        }

        abstract void bring(Call call, Diary diary) throws InterruptedException;

        String number() {
            return String.valueOf(ordinal() + 1);
        }
    }

    /** What one listener heard. */
    private static final class Diary {
        private final List<CallEvent> events = new CopyOnWriteArrayList<>();
        private final CountDownLatch rang = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        void hear(CallEvent event) {
            events.add(event);
            if (event instanceof CallEvent.Ringing) rang.countDown();
            if (event instanceof CallEvent.Ended) over.countDown();
        }

        void await(Class<? extends CallEvent> type) throws InterruptedException {
            CountDownLatch latch = type.equals(CallEvent.Ringing.class) ? rang : over;
            assertThat(latch.await(RING.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        long count(Class<? extends CallEvent> type) {
            return events.stream().filter(type::isInstance).count();
        }

        String keys() {
            var keys = new StringBuilder();
            for (CallEvent event : events) {
                if (event instanceof CallEvent.DigitPressed pressed) keys.append(pressed.digit());
            }
            return keys.toString();
        }
    }

    private final Map<String, List<TrunkEvent>> done = new ConcurrentHashMap<>();
    private final LoopbackTrunk trunk = LoopbackTrunk.builder()
            .dialPlan(plan())
            .keepSoundSeconds(0)
            .listener(this::note)
            .start();
    private final Dialer dialer = Dialer.start(DialerConfig.of(
            Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration()));
    private final ExecutorService users = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Kind> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<Kind> gone = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    private static DialPlan plan() {
        DialPlan plan = DialPlan.empty();
        for (Kind kind : Kind.values()) plan = plan.with(kind.number(), kind.persona);
        return plan;
    }

    private void note(TrunkEvent event) {
        String callId = switch (event) {
            case TrunkEvent.Invited e -> e.callId();
            case TrunkEvent.Ringing e -> e.callId();
            case TrunkEvent.Answered e -> e.callId();
            case TrunkEvent.MessageHeard e -> e.callId();
            case TrunkEvent.DigitSent e -> e.callId();
            case TrunkEvent.DigitReceived e -> e.callId();
            case TrunkEvent.Ended e -> e.callId();
            case TrunkEvent.Registered e -> "";
            case TrunkEvent.Unregistered e -> "";
            case TrunkEvent.Challenged e -> "";
            case TrunkEvent.Failed e -> "failed";
        };
        done.computeIfAbsent(callId, unseen -> new CopyOnWriteArrayList<>()).add(event);
    }

    @AfterEach
    void close() {
        end.countDown();
        dialer.close();
        trunk.close();
        users.shutdownNow();
    }

    private record Told(Kind kind, Call call, Diary diary) {}

    @Test
    void twoHundredCallsInDifferentStatesLoseNoEventAndBlockNoThread() throws Exception {
        List<Future<Told>> calls = new ArrayList<>();
        for (int number = 0; number < CALLS; number++) {
            Kind kind = Kind.values()[number % Kind.values().length];
            calls.add(users.submit(() -> carryOut(kind)));
        }
        List<ThreadInfo> blocked = new ArrayList<>(dumpsAlong(arrived));
        end.countDown();
        blocked.addAll(dumpsAlong(gone));

        for (Future<Told> call : calls) {
            compare(call.get(RING.toSeconds(), TimeUnit.SECONDS));
        }
        assertThat(done).hasSize(CALLS).doesNotContainKey("failed");
        assertThat(blocked).isEmpty();
    }

    private Told carryOut(Kind kind) throws InterruptedException {
        var diary = new Diary();
        Call call = dialer.dial(DialRequest.over("carrier", kind.number()).ringingFor(RING), diary::hear);
        kind.bring(call, diary);
        arrived.add(kind);
        assertThat(end.await(RING.toSeconds(), TimeUnit.SECONDS)).isTrue();
        call.hangUp();
        call.awaitEnd();
        gone.add(kind);
        diary.await(CallEvent.Ended.class);
        return new Told(kind, call, diary);
    }

    /** Looks at all platform threads each time that a tenth of the calls has got so far. */
    private static List<ThreadInfo> dumpsAlong(BlockingQueue<Kind> progress) throws InterruptedException {
        var blocked = new ArrayList<ThreadInfo>();
        for (int dump = 0; dump < DUMPS; dump++) {
            for (int call = 0; call < CALLS / DUMPS; call++) {
                assertThat(progress.poll(RING.toSeconds(), TimeUnit.SECONDS)).isNotNull();
            }
            blocked.addAll(blockedNow());
        }
        return blocked;
    }

    /** Those that wait for a lock and still do at a second look: a map's threads meet for a microsecond now and then. */
    private static List<ThreadInfo> blockedNow() {
        List<ThreadInfo> atFirst = blockedAtALook();
        if (atFirst.isEmpty()) return atFirst;
        return blockedAtALook().stream()
                .filter(now -> atFirst.stream()
                        .anyMatch(then -> then.getThreadId() == now.getThreadId()
                                && then.getBlockedCount() == now.getBlockedCount()))
                .toList();
    }

    private static List<ThreadInfo> blockedAtALook() {
        return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
                .filter(thread -> thread.getThreadState() == Thread.State.BLOCKED)
                .toList();
    }

    /** What the listener heard is what the carrier did: nothing is missing, nothing came twice. */
    private void compare(Told told) throws InterruptedException {
        String callId = told.call().id();
        assertThat(trunk.awaitEnd(callId, RING)).isPresent();
        List<TrunkEvent> did = done.getOrDefault(callId, List.of());
        Diary heard = told.diary();

        assertThat(heard.events.getFirst()).isEqualTo(new CallEvent.Sent());
        assertThat(heard.events.getLast()).isInstanceOfSatisfying(CallEvent.Ended.class, ended -> {
            assertThat(ended.outcome().kind()).isEqualTo(told.kind().outcome);
            assertThat(ended.outcome().endedBy()).isEqualTo(told.kind().endedBy);
        });
        assertThat(heard.count(CallEvent.Sent.class)).isEqualTo(count(did, TrunkEvent.Invited.class));
        assertThat(heard.count(CallEvent.Ringing.class)).isEqualTo(count(did, TrunkEvent.Ringing.class));
        assertThat(heard.count(CallEvent.Answered.class)).isEqualTo(count(did, TrunkEvent.Answered.class));
        assertThat(heard.count(CallEvent.Ended.class)).isEqualTo(1);
        assertThat(heard.keys()).isEqualTo(keysSent(did));
        assertThat(keysReceived(did)).isEqualTo(told.kind() == Kind.HEARS_KEYS ? "73" : "");
        assertThat(did.getLast())
                .isInstanceOfSatisfying(
                        TrunkEvent.Ended.class,
                        ended -> assertThat(ended.end().kind())
                                .isEqualTo(
                                        switch (told.kind()) {
                                            case RINGS -> CallEnd.Kind.CANCELED;
                                            case BUSY, DECLINES -> CallEnd.Kind.REFUSED;
                                            case HANGS_UP -> CallEnd.Kind.CALLEE_HUNG_UP;
                                            case LISTENS, PRESSES, HEARS_KEYS, IS_HELD -> CallEnd.Kind.CALLER_HUNG_UP;
                                        }));
    }

    private static long count(List<TrunkEvent> events, Class<? extends TrunkEvent> type) {
        return events.stream().filter(type::isInstance).count();
    }

    private static String keysSent(List<TrunkEvent> events) {
        var keys = new StringBuilder();
        for (TrunkEvent event : events) {
            if (event instanceof TrunkEvent.DigitSent sent) keys.append(sent.digit());
        }
        return keys.toString();
    }

    private static String keysReceived(List<TrunkEvent> events) {
        var keys = new StringBuilder();
        for (TrunkEvent event : events) {
            if (event instanceof TrunkEvent.DigitReceived received) keys.append(received.digit());
        }
        return keys.toString();
    }
}
