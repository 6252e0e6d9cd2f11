package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.serve.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server kept of a call is what tshark reads: two streams of sound, none of which lost a packet. */
@Tag("interop")
@Timeout(90)
class KeptPacketsPcapTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private byte[] send(Server server, String method, String path, String body)
            throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
                        .header(
                                "Authorization",
                                "Bearer " + server.key().orElseThrow().text())
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isLessThan(300);
        return answer.body();
    }

    private JsonNode get(Server server, String path) throws IOException, InterruptedException {
        return JSON.readTree(send(server, "GET", path, ""));
    }

    private static String tshark(Path pcap, String sipPort, String... options) {
        var command = new ArrayList<>(List.of("tshark", "-n", "-r", pcap.toString()));
        command.addAll(List.of("-d", "udp.port==" + sipPort + ",sip"));
        command.addAll(List.of("-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"));
        command.addAll(List.of(options));
        return PeerProcess.run(command);
    }

    @Test
    void aCallsPcapHasTwoStreamsWithoutLosses() throws Exception {
        var settings = Map.of(
                "OUTDIAL_HTTP_PORT", "0",
                "OUTDIAL_LOOPBACK_TRUNK", "true",
                "OUTDIAL_SIP_HOST", "127.0.0.1",
                "OUTDIAL_SIP_PORT", "0",
                "OUTDIAL_DRAIN", "200ms",
                "OUTDIAL_TRACE_RTP", "true");
        Path pcap = folder.resolve("call.pcap");
        String sipPort;
        try (Server server = Server.startWithKey(ConfigReader.withoutFile(folder, settings))) {
            String call = JSON.readTree(
                            send(
                                    server,
                                    "POST",
                                    "/calls",
                                    "{\"to\":\"1001\",\"actions\":[{\"type\":\"sleep\",\"option\":{\"duration\":3000}},"
                                            + "{\"type\":\"digits_send\",\"option\":{\"digits\":\"12\"}},{\"type\":\"hangup\"}]}"))
                    .path("id")
                    .asText();
            while (!get(server, "/calls/" + call).path("status").asText().equals("hangup")) {
                Thread.sleep(50); // the world outside: nothing tells us sooner
            }
            String remote = get(server, "/calls/" + call + "/trace")
                    .path("messages")
                    .path(0)
                    .path("remote")
                    .asText();
            sipPort = remote.substring(remote.lastIndexOf(':') + 1);
            do {
                Thread.sleep(50); // what was on the wire last, our BYE of RTCP, reaches the disk a second later
                Files.write(pcap, send(server, "GET", "/calls/" + call + "/trace?format=pcap", ""));
            } while (tshark(pcap, sipPort, "-Y", "rtcp.pt==203").isEmpty());
        }

        String table = tshark(pcap, sipPort, "-q", "-z", "rtp,streams");
        List<Capture.RtpStream> streams = Capture.rtpStreams(table);
        assertThat(streams).as(table).hasSize(2);
        assertThat(streams).allSatisfy(stream -> {
            assertThat(stream.lost()).isZero();
            assertThat(stream.packets()).isBetween(150, 400);
        });
        assertThat(tshark(pcap, sipPort, "-Y", "_ws.malformed || _ws.expert.severity==error"))
                .isEmpty();
        assertThat(tshark(pcap, sipPort, "-Y", "ip.checksum.status==\"Bad\" || udp.checksum.status==\"Bad\""))
                .isEmpty();
        assertThat(tshark(pcap, sipPort, "-Y", "rtpevent", "-T", "fields", "-e", "rtpevent.event_id")
                        .lines()
                        .distinct())
                .containsExactly("255");
        assertThat(tshark(pcap, sipPort, "-Y", "rtcp")).isNotEmpty();
    }
}
