package dev.outdial.testbed.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.rtp.RtpPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counting callees on real ports of this machine. */
class CountingPortTest {
    @Test
    void wherePortsRunOutNoneStaysOpen() {
        var opened = new ArrayList<CountingPort>();

        assertThatThrownBy(() -> CountingPort.open(3, () -> {
                    if (opened.size() == 2) throw new UncheckedIOException(new IOException("no more"));
                    opened.add(CountingPort.open(InetAddress.getLoopbackAddress()));
                    return opened.getLast();
                }))
                .hasMessageContaining("no more");

        assertThat(opened).hasSize(2).allSatisfy(port -> {
            assertThat(port.rtp().isOpen()).isFalse();
            assertThat(port.rtcp().isOpen()).isFalse();
        });
    }

    @Test
    void anAddressThatIsNotOursIsNamedAsTheTrouble() throws Exception {
        // TEST-NET-1 of RFC 5737: no machine has it.
        var nobodys = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});

        assertThatThrownBy(() -> CountingCallees.open(nobodys, CountingOptions.SILENT, 1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot open an RTP port: ");
    }

    @Test
    void whatHasArrivedBeforeTheClosingIsCounted() throws Exception {
        var streams = new CountedStreams(Duration.ZERO);
        var loopback = InetAddress.getLoopbackAddress();
        try (var port = CountingPort.open(loopback);
                var sender = CountingPort.open(loopback)) {
            // More than are read in one turn.
            var to = new InetSocketAddress(loopback, port.port());
            for (int i = 0; i < 200; i++) sender.send(rtp(i), to);

            CountingReader.start(List.of(port), streams).close();

            assertThat(streams.report(0, 0, 0, 0, 0).packets()).isEqualTo(200);
        }
    }

    private static ByteBuffer rtp(int sequence) {
        return ByteBuffer.wrap(new RtpPacket(0, false, sequence, 0, 1, new byte[10]).toBytes());
    }
}
