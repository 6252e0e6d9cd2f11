package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.outcome.RefusedBy;
import dev.outdial.dialer.trace.CallTrace;
import dev.outdial.dialer.trace.Capture;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept and captured of calls to a trunk of the testbed. */
@Timeout(60)
class CallTraceTest {
    private static final Duration RING = Duration.ofSeconds(10);

    private final LoopbackTrunk trunk =
            LoopbackTrunk.builder().user("alice", "wonder").start();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void closeTrunk() {
        trunk.close();
    }

    private DialerConfig config() {
        return DialerConfig.of(
                Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withPassword("wonder"));
    }

    @Test
    void aCallShowsItsMessagesFromTheInviteToTheEndWithoutItsSecrets() throws Exception {
        try (Dialer dialer = Dialer.start(config())) {
            Call call = dialer.dial("carrier", "1001", RING);
            assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
            call.hangUp();
            call.awaitEnd();
            CallTrace trace = call.trace();

            assertThat(trace.entries()).first().satisfies(first -> {
                assertThat(first.summary()).startsWith("INVITE sip:1001@");
                assertThat(first.sent()).isTrue();
                assertThat(first.offset()).isZero();
            });
            assertThat(trace.entries()).last().satisfies(last -> {
                assertThat(last.summary()).startsWith("SIP/2.0 200");
                assertThat(last.sent()).isFalse();
                assertThat(last.text()).contains(call.id());
            });
            assertThat(trace.entries())
                    .extracting(CallTrace.Entry::summary)
                    .noneMatch(line -> line.startsWith("REGISTER"));
            assertThat(trace.toLadder()).contains("INVITE (", "200 OK (", "ACK (", "BYE (");
            assertThat(trace.toText()).contains("m=audio").doesNotContainPattern("response=\"[0-9a-f]{8}");
            assertThat(trace.dropped()).isZero();
        }
    }

    @Test
    void whoSwitchesTracingOffHasNone() throws Exception {
        try (Dialer dialer = Dialer.start(config().withoutTracing())) {
            Call call = dialer.dial("carrier", "1002", RING);
            assertThat(call.awaitEnd().refusedBy()).hasValue(RefusedBy.CALLEE);

            assertThat(call.trace().entries()).isEmpty();
        }
    }

    @Test
    void whatIsCapturedIsThereWhenTheDialerIsClosed() throws Exception {
        Path file = folder.resolve("all.pcap");
        try (Dialer dialer = Dialer.start(config().capturing(new Capture(file, false)))) {
            Call call = dialer.dial("carrier", "1001", RING);
            assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
            assertThat(call.awaitEnd(Duration.ofSeconds(1))).isEmpty();
        }

        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .contains("REGISTER sip:", "INVITE sip:1001@", "BYE sip:", "response=\"***\"")
                .doesNotContainPattern("response=\"[0-9a-f]{8}");
        // A second of sound both ways, at 172 bytes a packet.
        assertThat(Files.size(file)).isGreaterThan(10_000);
    }

    @Test
    void aCaptureThatCannotBeWrittenIsSaidAtTheStart() {
        Path file = folder.resolve("no").resolve("such.pcap");

        assertThatThrownBy(() -> Dialer.start(config().capturing(new Capture(file, false))))
                .isInstanceOf(DialerException.class)
                .hasMessage(file + " cannot be written: there is no such folder");
    }
}
