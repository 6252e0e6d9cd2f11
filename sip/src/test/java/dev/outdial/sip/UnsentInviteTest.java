package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A far end whose kernel takes no more connections: whoever calls it waits for the connection. */
@Timeout(60)
class UnsentInviteTest {
    private static final SipUri CALLEE = SipUri.of("2000", "127.0.0.1");

    private final ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> fillers = new ArrayList<>();
    private final Hop hop = new Hop((InetSocketAddress) full.getLocalSocketAddress(), TransportProtocol.TCP);

    UnsentInviteTest() throws IOException {
        try {
            for (int i = 0; i < 8; i++) {
                var filler = new Socket();
                fillers.add(filler);
                filler.connect(full.getLocalSocketAddress(), 200);
            }
        } catch (SocketTimeoutException e) {
            return;
        }
        throw new AssertionError("the kernel takes any number of connections");
    }

    @Test
    void hangingUpWhileTheConnectionIsBeingMadeEndsTheCallAndItsInviteNeverLeaves() throws Exception {
        try (var bench = new Bench(TransportProtocol.TCP)) {
            InviteSession connecting = bench.call(hop, CALLEE);
            InviteSession queued = bench.call(hop, CALLEE);
            connecting.hangUp(OptionalInt.empty());
            queued.hangUp(OptionalInt.empty());
            for (int i = 0; i < 2; i++) {
                SessionEnd end = bench.next(SessionEvent.Ended.class).end();
                assertThat(end.cause()).isEqualTo(Cause.CANCELED);
            }
            fillers.getLast().close();
            makeRoom();
            InviteSession wanted = bench.call(hop, CALLEE);
            bench.next(SessionEvent.Invited.class);
            assertThat(firstCallIdHeard()).isEqualTo(wanted.callId());
        }
    }

    @Test
    @Tag("slow")
    void whatWaitsForATargetThatCannotBeReachedFailsAtOnceAndForTheSameReason() throws Exception {
        try (var bench = new Bench(TransportProtocol.TCP)) {
            long startNanos = System.nanoTime();
            for (int i = 0; i < 16; i++) bench.call(hop, CALLEE);
            for (int i = 0; i < 16; i++) {
                SessionEnd end = bench.next(SessionEvent.Ended.class).end();
                assertThat(end.cause()).isEqualTo(Cause.TRANSPORT);
                assertThat(end.reason()).contains("timed out");
            }
            // One connection that fails takes three seconds; the calls that came first may have begun another.
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos))
                    .isLessThan(9);
        }
    }

    // What our end writes to a target keeps its order: an INVITE of an earlier call would come first.
    private String firstCallIdHeard() throws IOException {
        full.setSoTimeout(5_000);
        try (Socket accepted = full.accept()) {
            accepted.setSoTimeout(5_000);
            var reader = new BufferedReader(new InputStreamReader(accepted.getInputStream(), StandardCharsets.UTF_8));
            String line = reader.readLine();
            while (!line.startsWith("Call-ID: ")) line = reader.readLine();
            return line.substring("Call-ID: ".length());
        }
    }

    private void makeRoom() throws IOException {
        // The last one did not come through.
        for (int i = 1; i < fillers.size(); i++) full.accept().close();
    }
}
