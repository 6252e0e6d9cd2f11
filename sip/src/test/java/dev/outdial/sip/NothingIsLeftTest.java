package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls, answered and busy, and what they leave behind. */
@Tag("slow")
@Timeout(300)
class NothingIsLeftTest {
    private static final int CALLS = 20_000;
    private static final int AT_ONCE = 40;
    private static final MessageBody OFFER = MessageBody.ofText(MessageBody.SDP, """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 40000 RTP/AVP 0
            """.replace("\n", "\r\n"));

    private final ExecutorService mailbox = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "test-mailbox");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void afterTwentyThousandCallsNothingIsLeft() throws Exception {
        try (var trunk = LoopbackTrunk.builder().dialPlan(DialPlan.counting()).start();
                var agent = UserAgent.open(UserAgentConfig.of("Outdial-Test"))) {
            var hop = new Hop(trunk.address(), TransportProtocol.UDP);
            call(agent, hop, 200);
            Set<String> threads = threads();
            long descriptors = descriptors();

            call(agent, hop, CALLS);

            assertThat(ended).hasValue(CALLS + 200);
            assertThat(answered.get()).isGreaterThan(CALLS / 2).isLessThan(CALLS + 200);
            awaitQuiet(agent);
            assertThat(agent.pending()).isZero();
            assertThat(agent.statistics().transactions()).isZero();
            assertThat(threads()).isSubsetOf(threads);
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
        } finally {
            mailbox.shutdownNow();
        }
    }

    private void call(UserAgent agent, Hop hop, int calls) throws InterruptedException {
        var places = new Semaphore(AT_ONCE);
        for (int i = 0; i < calls; i++) {
            places.acquire();
            String number = i % 4 == 0 ? "1002" : "1001";
            var request = new InviteRequest(
                    UUID.randomUUID().toString(),
                    new Account(SipUri.of("alice", "127.0.0.1"), Optional.empty(), Optional.empty()),
                    SipUri.of(number, "127.0.0.1"),
                    hop,
                    OFFER,
                    Map.of());
            mailbox.execute(() -> {
                var session = new InviteSession[1];
                session[0] = agent.invite(request, mailbox, event -> {
                    if (event instanceof SessionEvent.Answered) {
                        answered.incrementAndGet();
                        session[0].hangUp(OptionalInt.empty());
                    } else if (event instanceof SessionEvent.Ended) {
                        ended.incrementAndGet();
                        places.release();
                    }
                });
            });
        }
        places.acquire(AT_ONCE);
    }

    /** Waits until what lingers for late messages (RFC 3261: 64 x T1) is gone. */
    private static void awaitQuiet(UserAgent agent) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(75).toNanos();
        while ((agent.pending() > 0 || agent.statistics().transactions() > 0)
                && System.nanoTime() - deadlineNanos < 0) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
