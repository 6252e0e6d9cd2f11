package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code outdial call --trace} and {@code --pcap} against the loopback trunk. */
@Timeout(60)
class WatchOptionsTest {
    private static final String PASSWORD = "wonderland";

    private final LoopbackTrunk trunk =
            LoopbackTrunk.builder().user("alice", PASSWORD).start();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void closeTrunk() {
        trunk.close();
    }

    private Run call(String number, String... options) {
        var arguments = new ArrayList<>(List.of("call", number, "--password", PASSWORD));
        arguments.addAll(List.of("--trunk", "sip:alice@127.0.0.1:" + trunk.port()));
        arguments.addAll(List.of(options));
        return Run.outdial(arguments.toArray(String[]::new));
    }

    @Test
    void theLadderIsOnStandardErrorAndTheResultAloneOnStandardOutput() throws IOException {
        Run run = call("1002", "--json", "--trace");

        assertThat(run.status()).isEqualTo(10);
        assertThat(new ObjectMapper().readTree(run.out()).path("outcome").asText())
                .isEqualTo("busy");
        assertThat(run.err()).contains("us  ", "far end", "INVITE (", "486 Busy Here (");
        assertThat(run.out()).doesNotContain("INVITE");
    }

    @Test
    void peopleAreToldWhoseRefusalItWas() {
        Run run = call("1002");

        assertThat(run.out()).contains(", refused by the callee");
        assertThat(run.err()).doesNotContain("far end ");
    }

    @Test
    void theCaptureIsWritten() throws IOException {
        Path file = folder.resolve("call.pcap");
        assertThat(call("1002", "--pcap", file.toString()).status()).isEqualTo(10);
        assertThat(Files.size(file)).isGreaterThan(1_000);
    }

    @Test
    void aCaptureThatCannotBeWrittenIsWrongUsage() {
        Path nowhere = folder.resolve("no").resolve("call.pcap");
        Run run = call("1002", "--pcap", nowhere.toString());

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).contains("outdial: " + nowhere + " cannot be written: there is no such folder");
        assertThat(call("1002", "--pcap", folder.toString()).err()).contains("is a folder");
        assertThat(call("1002", "--pcap-keys").err()).contains("--pcap-keys is for a --pcap file");
        assertThat(trunk.calls()).isEmpty();
    }
}
