package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --pcap} writes is what tshark reads. */
@Tag("interop")
class PcapTest {
    @TempDir
    Path folder;

    private static List<String> tshark(Path pcap, int sipPort, String... options) {
        var command = new ArrayList<>(List.of("tshark", "-n", "-r", pcap.toString(), "-o", "rtp.heuristic_rtp:TRUE"));
        command.addAll(List.of("-d", "udp.port==" + sipPort + ",sip", "-d", "tcp.port==" + sipPort + ",sip"));
        // The checksums are ours: they are to be right.
        command.addAll(List.of(
                "-o", "udp.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"));
        command.addAll(List.of(options));
        return PeerProcess.run(command).lines().toList();
    }

    private static List<String> fields(Path pcap, int sipPort, String filter, String field) {
        return tshark(pcap, sipPort, "-Y", filter, "-T", "fields", "-e", field);
    }

    private static void assertReadable(Path pcap, int sipPort) {
        assertThat(tshark(pcap, sipPort, "-Y", "_ws.malformed || _ws.expert.severity==error"))
                .isEmpty();
        String bad = "ip.checksum.status==\"Bad\" || udp.checksum.status==\"Bad\" || tcp.checksum.status==\"Bad\"";
        assertThat(tshark(pcap, sipPort, "-Y", bad)).isEmpty();
    }

    @Test
    void aCallIsThereFromItsInviteToItsEndWithAllItsSoundAndWithoutItsKeys() throws IOException {
        var pcap = folder.resolve("call.pcap");
        try (var sipp = Sipp.callee(folder, "answers-and-presses");
                var outdial = Outdial.call(
                        folder,
                        sipp.uri(),
                        "--pcap",
                        pcap.toString(),
                        "--trace",
                        "--send-digits",
                        "1234",
                        "--collect",
                        "4")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(result.text("digits")).isEqualTo(Sipp.KEYS);
            assertReadable(pcap, sipp.sipPort());
            assertThat(fields(pcap, sipp.sipPort(), "sip.Method && sip.Method!=OPTIONS", "sip.Method"))
                    .startsWith("INVITE")
                    .containsSubsequence("INVITE", "ACK")
                    .endsWith("BYE");
            assertThat(fields(pcap, sipp.sipPort(), "sip.Status-Code && sip.CSeq.method!=OPTIONS", "sip.Status-Code"))
                    .containsSubsequence("180", "200", "200");
            int sent = result.json().path("rtp").path("sent").asInt();
            int received = result.json().path("rtp").path("received").asInt();
            assertThat(fields(pcap, sipp.sipPort(), "rtp && udp.dstport==" + sipp.mediaPort(), "rtp.seq"))
                    .hasSize(sent);
            assertThat(fields(pcap, sipp.sipPort(), "rtp && udp.srcport==" + sipp.mediaPort(), "rtp.seq"))
                    .hasSize(received)
                    .isNotEmpty();
            assertThat(fields(pcap, sipp.sipPort(), "rtcp", "rtcp.pt")).isNotEmpty();
            var keys = fields(pcap, sipp.sipPort(), "rtpevent", "rtpevent.event_id");
            assertThat(keys).hasSizeGreaterThan(40);
            assertThat(keys.stream().distinct()).containsExactly("255");
            assertThat(String.join("\n", result.errors()))
                    .contains("us  ", "INVITE (1)", "200 OK (1 INVITE)", "BYE (2)");
        }
    }

    @Test
    void keysAreLegibleWhereThatWasAskedFor() {
        var pcap = folder.resolve("call.pcap");
        try (var sipp = Sipp.callee(folder, "answers");
                var outdial = Outdial.call(
                        folder, sipp.uri(), "--pcap", pcap.toString(), "--pcap-keys", "--send-digits", "12")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();

            assertThat(result.exitStatus()).as(result.toString()).isZero();
            assertThat(fields(pcap, sipp.sipPort(), "rtpevent", "rtpevent.event_id").stream()
                            .distinct())
                    .containsExactly("1", "2");
        }
    }

    @Test
    void aCallOverTcpWithAPasswordIsReadableAndThePasswordsWorkIsNotInIt() throws IOException {
        var pcap = folder.resolve("call.pcap");
        try (var kamailio = Kamailio.start(folder, Ports.single());
                var baresip = Baresip.registered(folder, kamailio, "bob");
                var outdial = Outdial.callWithPassword(
                        folder,
                        Kamailio.PASSWORD,
                        "bob",
                        "--trunk",
                        kamailio.trunk("alice", "tcp"),
                        "--user",
                        "alice",
                        "--pcap",
                        pcap.toString(),
                        "--hold",
                        "1s")) {
            var result = outdial.awaitResult();

            assertThat(result.exitStatus()).as(result + baresip.log()).isZero();
            assertReadable(pcap, kamailio.port());
            assertThat(fields(pcap, kamailio.port(), "sip.Method", "sip.Method"))
                    .contains("REGISTER", "INVITE", "ACK", "BYE");
            assertThat(fields(pcap, kamailio.port(), "tcp && sip.Status-Code", "sip.Status-Code"))
                    .contains("401", "200");
            var text = new String(Files.readAllBytes(pcap), StandardCharsets.ISO_8859_1);
            assertThat(text).contains("response=\"***\"").doesNotContainPattern("response=\"[0-9a-f]{8}");
        }
    }
}
