package dev.outdial.testbed.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapWriterTest {
    @TempDir
    Path folder;

    private ByteBuffer written(InetSocketAddress from, InetSocketAddress to, byte[] payload) throws IOException {
        var file = folder.resolve("x.pcap");
        try (var writer = PcapWriter.create(file, 1000)) {
            writer.write(1000, from, to, payload);
            writer.write(1_500_001_000, from, to, payload);
        }
        return ByteBuffer.wrap(Files.readAllBytes(file));
    }

    private static int sum(ByteBuffer bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) sum += (bytes.get(i) & 0xFF) << (((i - from) & 1) == 0 ? 8 : 0);
        return (sum & 0xFFFF) + (sum >>> 16);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.2,20", "::1,fe80::1,40", "::1,127.0.0.1,40"})
    void packetsHaveTheirHeadersAndSumsAndTimes(String from, String to, int header) throws IOException {
        // An odd length, so that the last byte stands alone in the sum.
        var file = written(new InetSocketAddress(from, 5060), new InetSocketAddress(to, 4000), new byte[] {1, 2, 3});

        assertThat(file.getInt(0)).isEqualTo(0xA1B23C4D);
        assertThat(file.getInt(20)).isEqualTo(101);
        int packet = 24 + 16;
        int length = file.getInt(24 + 8);
        assertThat(length).isEqualTo(header + 8 + 3);
        assertThat(file.get(packet) >> 4 & 0xF).isEqualTo(header == 20 ? 4 : 6);
        assertThat(file.getShort(packet + header)).isEqualTo((short) 5060);
        if (header == 20) assertThat(sum(file, packet, packet + 20)).isEqualTo(0xFFFF);
        int addresses = header == 20 ? 8 : 32;
        int udp = sum(file, packet + header - addresses, packet + length) + 17 + 11;
        assertThat((udp & 0xFFFF) + (udp >>> 16)).isEqualTo(0xFFFF);
        int second = packet + length;
        long step =
                (file.getInt(second) - file.getInt(24)) * 1_000_000_000L + file.getInt(second + 4) - file.getInt(28);
        assertThat(step).isEqualTo(1_500_000_000L);
    }

    @Test
    void anAddressThatIsNoneBecomesLoopback() {
        var concrete = PcapWriter.concrete(new InetSocketAddress(5060));

        assertThat(concrete.getAddress().isLoopbackAddress()).isTrue();
        assertThat(concrete.getPort()).isEqualTo(5060);
    }
}
