package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.nat.AddressPolicy;
import dev.outdial.sip.options.OptionsProbe;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OptionsRunnerTest {
    private static final Hop FIRST = new Hop(new InetSocketAddress("192.0.2.1", 5060), TransportProtocol.UDP);
    private static final Hop SECOND = new Hop(new InetSocketAddress("192.0.2.2", 5060), TransportProtocol.UDP);

    private final List<Runnable> alarms = new ArrayList<>();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            assertThat(unit.toSeconds(delay)).isEqualTo(OptionsRunner.NO_RESPONSE_SECONDS);
            alarms.add(task);
            return super.schedule(task, delay, unit);
        }
    };
    private final FakeTransport transport = new FakeTransport();
    private final OptionsRunner runner = new OptionsRunner(
            "ask-1",
            new OptionsProbe(
                    "ask-1",
                    SipUri.parse("sip:example.com"),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    "Outdial/test",
                    new Tokens("us", "b", "c")),
            List.of(FIRST, SECOND),
            transport,
            new Addresses(new AddressPolicy.Local(), transport),
            new Switchboard(new Words()),
            clock);

    @AfterEach
    void stopTheClock() {
        clock.shutdownNow();
    }

    @Test
    void whereTheTransportTellsNothingTheNextHopIsAskedAllTheSame() {
        runner.start();
        alarms.getFirst().run();
        assertThat(transport.sent).extracting(request -> request.hop()).containsExactly(FIRST, SECOND);
        alarms.getFirst().run();
        assertThat(transport.sent).as("that attempt is over").hasSize(2);
        alarms.getLast().run();
        CompletableFuture<Integer> status = runner.status().toCompletableFuture();
        assertThatThrownBy(() -> status.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("no answer to OPTIONS");
    }

    @Test
    void whatHangsOnTheStatusDoesNotRunOnTheReceivingThread() throws Exception {
        runner.start();
        var thread = runner.status().thenApply(status -> Thread.currentThread()).toCompletableFuture();
        var response = new SipResponse(
                200, "OK", transport.sent.getFirst().branch(), Headers.of("CSeq", "1 OPTIONS"), Optional.empty());
        runner.responded(response);
        assertThat(thread.get(5, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
        assertThat(clock.getQueue()).allMatch(task -> ((ScheduledFuture<?>) task).isCancelled());
    }
}
