package dev.outdial.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.transport.WireMessage.Direction;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallLogsTest {
    private final CallLogs logs = new CallLogs();

    private void saw(String text) {
        logs.passed(Wire.message(0, Direction.RECEIVED, Wire.bytes(text)));
    }

    @Test
    void aCallGetsItsOwnMessagesAndNobodyElses() {
        CallLog log = logs.follow("call-1");
        CallLog other = logs.follow("call-2");

        saw(Wire.request("INVITE", 1, ""));
        saw(Wire.request("INVITE", 1, "").replace("call-1", "call-3"));
        saw("\r\n\r\n");

        assertThat(log.messages().messages()).hasSize(1);
        assertThat(other.messages().messages()).isEmpty();
        assertThat(logs.size()).isEqualTo(2);
    }

    @Test
    void nothingIsLeftOfACallThatNobodyHolds() throws InterruptedException {
        @Nullable CallLog log = logs.follow("call-1");
        saw(Wire.request("INVITE", 1, ""));
        assertThat(log.messages().messages()).hasSize(1);

        log = null;
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (logs.size() > 0 && System.nanoTime() - deadline < 0) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(log).isNull();
        assertThat(logs.size()).isZero();
    }
}
