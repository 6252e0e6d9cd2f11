package dev.outdial.dialer.call.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.WireMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturingTest {
    private static final InetSocketAddress US = new InetSocketAddress("127.0.0.1", 5060);
    private static final InetSocketAddress FAR_END = new InetSocketAddress("127.0.0.1", 5070);
    private static final byte[] INFO = ("INFO sip:a@b SIP/2.0\r\nCall-ID: c\r\nCSeq: 1 INFO\r\n"
                    + "Authorization: Digest username=\"u\", response=\"secret\"\r\n"
                    + "Content-Type: application/dtmf-relay\r\nContent-Length: 10\r\n\r\nSignal=5\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = {(byte) 0x80, 101, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 5, 10, 0, (byte) 160};

    @TempDir
    Path folder;

    private List<String> captured(boolean showKeys) throws IOException {
        Path file = folder.resolve("capture.pcap");
        try (Capturing capturing = Capturing.to(file, showKeys)) {
            capturing.passed(message(WireMessage.Direction.SENT, TransportProtocol.UDP));
            capturing.passed(message(WireMessage.Direction.RECEIVED, TransportProtocol.TLS));
            capturing.saw(US, FAR_END, true, ByteBuffer.allocateDirect(30).put(3, EVENT), 3, EVENT.length);
            capturing.close();
            capturing.saw(US, FAR_END, true, ByteBuffer.allocate(30), 0, 30);
            assertThat(capturing.leftOut()).isEqualTo(1);
        }
        return packets(Files.readAllBytes(file));
    }

    private static WireMessage message(WireMessage.Direction direction, TransportProtocol protocol) {
        return new WireMessage(direction, protocol, US, FAR_END, INFO, Instant.now(), System.nanoTime());
    }

    private static List<String> packets(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        assertThat(bytes.getInt()).isEqualTo(0xA1B23C4D);
        bytes.position(20);
        assertThat(bytes.getInt()).isEqualTo(101);
        List<String> packets = new ArrayList<>();
        while (bytes.hasRemaining()) {
            assertThat(Math.abs(bytes.getInt() - System.currentTimeMillis() / 1000))
                    .isLessThan(60);
            assertThat(bytes.getInt()).isBetween(0, 999_999_999);
            int length = bytes.getInt();
            assertThat(bytes.getInt()).isEqualTo(length);
            byte[] packet = new byte[length];
            bytes.get(packet);
            packets.add(new String(packet, StandardCharsets.ISO_8859_1));
        }
        return packets;
    }

    @Test
    void everythingIsWrittenInItsOrderWithoutSecretsAndKeys() throws IOException {
        assertThat(captured(false))
                .hasSize(3)
                .satisfiesExactly(
                        udp -> assertThat(udp)
                                .contains("INFO sip:a@b", "response=\"***\"", "Signal=?\r\n")
                                .doesNotContain("secret"),
                        tls -> assertThat(tls)
                                .contains("INFO sip:a@b", "Signal=?\r\n")
                                .doesNotContain("secret"),
                        event -> assertThat(event).endsWith("\u00ff\n\0\u00a0"));
    }

    @Test
    void keysAreShownWhereThatIsAskedForAndSecretsNever() throws IOException {
        assertThat(captured(true))
                .hasSize(3)
                .satisfiesExactly(
                        udp -> assertThat(udp).contains("Signal=5\r\n").doesNotContain("secret"),
                        tls -> assertThat(tls).contains("Signal=5\r\n").doesNotContain("secret"),
                        event -> assertThat(event).endsWith("\u0005\n\0\u00a0"));
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidAtOnce() {
        assertThatThrownBy(() -> Capturing.to(folder.resolve("no").resolve("such.pcap"), false))
                .isInstanceOf(IOException.class);
    }
}
