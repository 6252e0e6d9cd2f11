package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who sends slowly does not hold a connection, and holds up nobody. */
class SlowClientTest {
    private static final Api API = new Api(
            HttpSettings.USUAL.timed(Duration.ofSeconds(20), Duration.ofMillis(300), Duration.ofSeconds(1)),
            System::nanoTime);

    @AfterAll
    static void stop() {
        API.close();
    }

    private static Socket connect(String begin) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), API.server().port());
        send(socket, begin);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Sends a byte each 20 ms until the far end is gone, or for ten seconds; what was answered. */
    private static String drip(Socket socket) throws IOException {
        var answer = new StringBuilder();
        socket.setSoTimeout(20);
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end) {
            try {
                int read = socket.getInputStream().read();
                if (read < 0) return answer.append("closed").toString();
                answer.append((char) read);
            } catch (SocketTimeoutException e) {
                send(socket, "x");
            } catch (IOException e) {
                return answer.append("closed").toString();
            }
        }
        return answer.append("open").toString();
    }

    @Test
    void aHeadThatDripsIsCutOff() throws IOException {
        try (var socket = connect("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ")) {
            assertThat(drip(socket)).endsWith("closed");
        }
    }

    @Test
    void aBodyThatDripsIsAnswered408AndCutOff() throws IOException {
        try (var socket = connect("POST /api/v1/calls HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + API.call
                + "\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n")) {
            assertThat(drip(socket))
                    .startsWith("HTTP/1.1 408")
                    .contains("too_slow")
                    .endsWith("closed");
        }
    }

    @Test
    void threeHundredSlowOnesHoldUpNobody() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 300; i++) slow.add(connect("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: "));
            assertThat(API.get("/healthz").status()).isEqualTo(200);
            assertThat(API.placed()).isNotEmpty();
        } finally {
            for (Socket socket : slow) socket.close();
        }
    }
}
