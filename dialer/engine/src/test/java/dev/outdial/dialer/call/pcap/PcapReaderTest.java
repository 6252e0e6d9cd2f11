package dev.outdial.dialer.call.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapReaderTest {
    private static final int HEADER = PcapFile.FILE_HEADER_BYTES;
    private static final int PACKET = PcapFile.PACKET_HEADER_BYTES;
    private static final long LATE = 4_000_000_000L * 1_000_000_000 + 999_999_999; // in 2096

    @TempDir
    private Path folder = Path.of("");

    private static byte[] two() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (PcapFile file = PcapFile.begin(bytes)) {
            file.packet(5, new byte[] {1, 2, 3});
            file.packet(LATE, new byte[] {4, 5});
        }
        return bytes.toByteArray();
    }

    private static List<PcapReader.Packet> read(byte[] bytes, long limit) throws IOException {
        var packets = new ArrayList<PcapReader.Packet>();
        try (var reader = new PcapReader(new ByteArrayInputStream(bytes), limit)) {
            for (Optional<PcapReader.Packet> next = reader.next(); next.isPresent(); next = reader.next()) {
                packets.add(next.get());
            }
            assertThat(reader.next()).isEmpty();
        }
        return packets;
    }

    @Test
    void packetsAreReadAsTheyWereWritten() throws IOException {
        assertThat(read(two(), Long.MAX_VALUE))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.epochNanos()).isEqualTo(5);
                            assertThat(first.ip()).containsExactly(1, 2, 3);
                        },
                        second -> {
                            assertThat(second.epochNanos()).isEqualTo(LATE);
                            assertThat(second.ip()).containsExactly(4, 5);
                        });
    }

    @Test
    void whereverItIsCutWhatIsWholeIsRead() throws IOException {
        byte[] whole = two();
        int first = HEADER + PACKET + 3;
        Path file = folder.resolve("cut");
        for (int length = 0; length <= whole.length; length++) {
            int expected = length < first ? 0 : length < whole.length ? 1 : 2;
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(read(cut, Long.MAX_VALUE)).as("%s bytes", length).hasSize(expected);
            assertThat(read(whole, length)).as("limit of %s bytes", length).hasSize(expected);
            Files.write(file, cut);
            int wholeBytes =
                    length < HEADER ? 0 : List.of(HEADER, first, whole.length).get(expected);
            assertThat(PcapReader.wholeBytes(file)).as("%s bytes", length).isEqualTo(wholeBytes);
        }
    }

    @Test
    void whatMakesNoSenseEndsItAndThrowsNothing() throws IOException {
        assertThat(PcapReader.wholeBytes(folder.resolve("none"))).isZero();
        byte[] negative = two();
        negative[HEADER + 8] = (byte) 0x80;
        assertThat(read(negative, Long.MAX_VALUE)).isEmpty();
        byte[] differing = two();
        differing[HEADER + 15] = 9;
        assertThat(read(differing, Long.MAX_VALUE)).isEmpty();
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = two();
            for (int times = random.nextInt(4); times >= 0; times--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(read(changed, Long.MAX_VALUE)).hasSizeLessThanOrEqualTo(2);
        }
    }
}
