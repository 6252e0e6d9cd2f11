package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.config.ConfigReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** RTP in the pcap of a call over the loopback trunk, as a server hands it out. */
@Tag("slow")
@Timeout(90)
class KeptPacketsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADER_BYTES = 24;
    /** Two seconds of sound, and eight keys. */
    private static final String ACTIONS = "{\"type\":\"sleep\",\"option\":{\"duration\":1000}},"
            + "{\"type\":\"digits_send\",\"option\":{\"digits\":\"90817263\",\"duration\":100,\"interval\":50}},"
            + "{\"type\":\"hangup\"}";

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();

    private Server server(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "OUTDIAL_HTTP_PORT", "0",
                "OUTDIAL_LOOPBACK_TRUNK", "true",
                "OUTDIAL_SIP_HOST", "127.0.0.1",
                "OUTDIAL_SIP_PORT", "0",
                "OUTDIAL_DRAIN", "200ms"));
        for (int i = 0; i < more.length; i += 2) environment.put(more[i], more[i + 1]);
        return Server.startWithKey(ConfigReader.withoutFile(folder, environment));
    }

    private HttpResponse<byte[]> send(Server server, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
                .header("Authorization", "Bearer " + server.key().orElseThrow().text())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private JsonNode get(Server server, String path) throws IOException, InterruptedException {
        return JSON.readTree(send(server, "GET", path, "").body());
    }

    private String callThatIsOver(Server server) throws IOException, InterruptedException {
        var answer = send(server, "POST", "/calls", "{\"to\":\"+15550107777\",\"actions\":[" + ACTIONS + "]}");
        assertThat(answer.statusCode()).isEqualTo(201);
        String call = JSON.readTree(answer.body()).path("id").asText();
        while (!get(server, "/calls/" + call).path("status").asText().equals("hangup")) {
            Thread.sleep(50); // the world outside: nothing tells us sooner
        }
        return call;
    }

    private static String way(String call) {
        return "/calls/" + call + "/trace?format=pcap";
    }

    private byte[] pcap(Server server, String way) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(server, "GET", way, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/vnd.tcpdump.pcap");
        return answer.body();
    }

    /** What was on the wire last, our BYE of RTCP, reaches the disk a second later. */
    private byte[] wholePcap(Server server, String way) throws IOException, InterruptedException {
        byte[] file = pcap(server, way);
        while (packets(file).stream().noneMatch(Packet::isRtcpBye)) {
            Thread.sleep(50);
            file = pcap(server, way);
        }
        return file;
    }

    private record Packet(long nanos, int source, byte[] payload) {
        boolean isSip() {
            return new String(payload, StandardCharsets.ISO_8859_1).contains("SIP/2.0");
        }

        boolean isRtcp() {
            return !isSip() && (payload[1] & 0xFF) >= 192 && (payload[1] & 0xFF) <= 223;
        }

        /** RFC 3550 section 6.1: the last of several in one datagram. */
        boolean isRtcpBye() {
            if (!isRtcp()) return false;
            ByteBuffer packet = ByteBuffer.wrap(payload);
            for (int at = 0; at + 4 <= payload.length; at += 4 + 4 * (packet.getShort(at + 2) & 0xFFFF)) {
                if ((payload[at + 1] & 0xFF) == 203) return true;
            }
            return false;
        }

        boolean isRtp() {
            return !isSip() && !isRtcp();
        }

        boolean isKey() {
            return isRtp() && payload.length == 16;
        }

        int key() {
            return payload[12] & 0xFF;
        }
    }

    private static List<Packet> packets(byte[] file) {
        var packets = new ArrayList<Packet>();
        ByteBuffer bytes = ByteBuffer.wrap(file).position(HEADER_BYTES);
        while (bytes.hasRemaining()) {
            long nanos = bytes.getInt() * 1_000_000_000L + bytes.getInt();
            byte[] ip = new byte[bytes.getInt()];
            bytes.getInt();
            bytes.get(ip);
            packets.add(new Packet(
                    nanos, ByteBuffer.wrap(ip).getShort(20) & 0xFFFF, Arrays.copyOfRange(ip, 28, ip.length)));
        }
        return packets;
    }

    @Test
    void thePcapOfACallHasItsSoundBothWaysAmongItsMessagesAndStaysWithoutItsKeys() throws Exception {
        String call;
        byte[] file;
        try (Server server = server("OUTDIAL_TRACE_RTP", "true")) {
            call = callThatIsOver(server);
            file = wholePcap(server, way(call));
            List<Packet> packets = packets(file);

            assertThat(packets).extracting(Packet::nanos).isSorted();
            assertThat(packets.getFirst().isSip()).isTrue();
            List<Packet> sound = packets.stream().filter(Packet::isRtp).toList();
            List<Integer> ports = sound.stream().map(Packet::source).distinct().toList();
            assertThat(ports).hasSize(2);
            for (int port : ports) {
                // At 50 a second.
                assertThat(sound.stream().filter(packet -> packet.source() == port))
                        .hasSizeBetween(50, 300);
            }
            assertThat(packets).anyMatch(Packet::isRtcp);
            List<Packet> keys = packets.stream().filter(Packet::isKey).toList();
            assertThat(keys).hasSizeGreaterThan(8 * 3).allMatch(key -> key.key() == 255);

            HttpResponse<byte[]> part = send(server, "GET", way(call), "", "Range", "bytes=5000-5999");
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file, 5000, 6000));
            int status = 200;
            while (status == 200) { // what is in memory has all its secrets
                Thread.sleep(50);
                status = send(server, "GET", way(call) + "&secrets=true", "").statusCode();
            }
            assertThat(status).isEqualTo(409);
        }
        try (Server again = server()) {
            assertThat(pcap(again, way(call))).as("also where no more are kept").isEqualTo(file);
        }
    }

    @Test
    void keysThatWereKeptAreShownToAdminsWhoAsk() throws Exception {
        try (Server server = server("OUTDIAL_TRACE_RTP", "true", "OUTDIAL_TRACE_SECRETS", "true")) {
            String call = callThatIsOver(server);

            assertThat(packets(wholePcap(server, way(call))).stream()
                            .filter(Packet::isKey)
                            .map(Packet::key)
                            .distinct())
                    .containsExactly(255);
            assertThat(packets(pcap(server, way(call) + "&secrets=true")).stream()
                            .filter(Packet::isKey)
                            .map(Packet::key)
                            .distinct())
                    .contains(9, 0, 8, 1, 7, 2, 6, 3)
                    .doesNotContain(255);
        }
    }

    @Test
    void whereNothingIsKeptThePcapHasMessagesAloneAndNoMoreThanItMayIsKept() throws Exception {
        try (Server server = server()) {
            String call = callThatIsOver(server);
            assertThat(packets(pcap(server, way(call)))).isNotEmpty().allMatch(Packet::isSip);
        }
        try (var files = Files.walk(folder)) {
            assertThat(files).noneMatch(file -> file.endsWith("packets"));
        }
        try (Server server = server("OUTDIAL_TRACE_RTP", "true", "OUTDIAL_TRACE_RTP_LARGEST", "5kB")) {
            String call = callThatIsOver(server);
            List<Packet> kept = List.of();
            while (kept.size() < 15) {
                Thread.sleep(50); // reaches the disk a second later
                kept = packets(pcap(server, way(call))).stream()
                        .filter(packet -> !packet.isSip())
                        .toList();
            }
            assertThat(kept).hasSizeLessThan(25);
        }
    }
}
