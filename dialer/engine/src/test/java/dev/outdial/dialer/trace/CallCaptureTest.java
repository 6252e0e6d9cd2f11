package dev.outdial.dialer.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.call.pcap.PacketKeeper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages and packets in one file. */
class CallCaptureTest {
    private static final CallTrace TRACE = CallTrace.of(Calls.answered());
    private static final InetSocketAddress OURS = new InetSocketAddress("192.0.2.7", 4000);
    private static final InetSocketAddress FAR_END = new InetSocketAddress("198.51.100.9", 4000);
    private static final byte[] KEY = {(byte) 0x80, 101, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 5, 10, 0, (byte) 160};
    private static final int HEADER_BYTES = 24;

    @TempDir
    private Path folder = Path.of("");

    private static byte[] all(CallCapture capture) throws IOException {
        try (InputStream in = capture.open()) {
            byte[] bytes = in.readAllBytes();
            assertThat(bytes).hasSize((int) capture.byteLength());
            return bytes;
        }
    }

    /** Keeps keys, then gives the packets times of their own. */
    private Path kept(long... offsetMillis) throws IOException {
        try (PacketKeeper keeper = PacketKeeper.in(folder, 100_000, true)) {
            keeper.keep("call", OURS, () -> new byte[0]);
            for (long unused : offsetMillis) keeper.saw(OURS, FAR_END, true, ByteBuffer.wrap(KEY), 0, KEY.length);
        }
        Path file = PacketKeeper.file(folder, "call");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        int at = HEADER_BYTES;
        for (long offset : offsetMillis) {
            var time = Calls.BEGUN.plusMillis(offset);
            bytes.putInt(at, (int) time.getEpochSecond()).putInt(at + 4, time.getNano());
            at += 16 + 28 + KEY.length;
        }
        Files.write(file, bytes.array());
        return file;
    }

    /** The first line of a message, or of a packet the last four bytes; each behind the time since the begin. */
    private static List<String> lines(byte[] file) {
        var lines = new ArrayList<String>();
        ByteBuffer bytes = ByteBuffer.wrap(file).position(HEADER_BYTES);
        while (bytes.hasRemaining()) {
            long millis = (bytes.getInt() - Calls.BEGUN.getEpochSecond()) * 1000 + bytes.getInt() / 1_000_000;
            byte[] packet = new byte[bytes.getInt()];
            bytes.getInt();
            bytes.get(packet);
            String text = new String(packet, 28, packet.length - 28, StandardCharsets.ISO_8859_1);
            lines.add(millis + " "
                    + (text.contains("SIP/2.0")
                            ? text.lines().findFirst().orElseThrow().replaceAll("sip:\\S+ ", "")
                            : "key " + packet[packet.length - 4]));
            assertThat(udpSum(packet)).isEqualTo(0xFFFF);
        }
        return lines;
    }

    /** RFC 768: what is right sums up to all ones. */
    private static int udpSum(byte[] packet) {
        long sum = 17 + packet.length - 20;
        for (int i = 12; i < packet.length; i++) sum += (long) (packet[i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
        while (sum >>> 16 != 0) sum = (sum & 0xFFFF) + (sum >>> 16);
        return (int) sum;
    }

    @Test
    void messagesAndPacketsAreInTheOrderOfTheirTimesAndKeysAreBlanked() throws IOException {
        Path file = kept(5_000, 5_402, 5_420, 96_000);

        assertThat(lines(all(TRACE.toPcap(file))).subList(6, 15))
                .containsExactly(
                        "700 SIP/2.0 180 Ringing <\"&'\u0001>",
                        "5000 key -1",
                        "5400 SIP/2.0 200 OK",
                        "5402 ACK SIP/2.0",
                        "5402 key -1",
                        "5420 key -1",
                        "95000 BYE SIP/2.0",
                        "95001 SIP/2.0 200 OK",
                        "96000 key -1");
        assertThat(lines(all(TRACE.withSecrets().toPcap(file)))).contains("5000 key 5", "96000 key 5");
        assertThat(lines(Files.readAllBytes(file))).contains("5000 key 5");
    }

    @Test
    void withoutPacketsItIsTheMessagesAlone() throws IOException {
        assertThat(all(TRACE.toPcap(folder.resolve("none.pcap")))).isEqualTo(TRACE.toPcap());
        assertThat(all(CallTrace.EMPTY.toPcap(folder.resolve("none.pcap")))).isEqualTo(CallTrace.EMPTY.toPcap());
    }

    @Test
    void withoutMessagesItIsThePacketsAlone() throws IOException {
        assertThat(lines(all(CallTrace.EMPTY.toPcap(kept(1, 2))))).containsExactly("1 key -1", "2 key -1");
    }

    @Test
    void whatComesWhileItIsReadIsNotInItAndWhatIsCutNeither() throws IOException {
        Path file = kept(1, 2);
        byte[] two = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(two, two.length - 1));
        CallCapture asked = CallTrace.EMPTY.toPcap(file);
        Files.write(file, two);

        assertThat(lines(all(asked))).containsExactly("1 key -1");
    }
}
