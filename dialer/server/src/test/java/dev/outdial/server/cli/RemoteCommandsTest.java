package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.serve.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a running server. */
@Tag("slow")
@Timeout(60)
class RemoteCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Server server;
    private static Path keyFile;

    @BeforeAll
    static void serve() throws IOException {
        server = Server.startWithKey(ConfigReader.withoutFile(
                folder,
                Map.of(
                        "OUTDIAL_HTTP_PORT", "0",
                        "OUTDIAL_LOOPBACK_TRUNK", "true",
                        "OUTDIAL_SIP_HOST", "127.0.0.1",
                        "OUTDIAL_SIP_PORT", "0",
                        "OUTDIAL_DRAIN", "0s")));
        keyFile = Files.writeString(
                folder.resolve("key"), server.key().orElseThrow().text() + "\n");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Run asked(String... arguments) {
        var all = new String[arguments.length + 4];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--url";
        all[arguments.length + 1] = server.url();
        all[arguments.length + 2] = "--api-key-file";
        all[arguments.length + 3] = keyFile.toString();
        return Run.outdial(all);
    }

    private static RemoteApi api() throws IOException {
        return new RemoteApi(server.url(), Files.readString(keyFile).strip());
    }

    private static String call(String number, String more) throws IOException {
        JsonNode body = JSON.readTree("{\"to\": \"" + number + "\"" + more + "}");
        return api().post("/calls", body).path("id").asText();
    }

    private static void awaitStatus(String call, String status) throws IOException, InterruptedException {
        while (!api().get("/calls/" + call).path("status").asText().equals(status)) {
            Thread.sleep(20); // another process' doing, as far as a command knows
        }
    }

    @Test
    void keysAreMadeListedAndDeletedAtTheServer() throws Exception {
        Run made = asked("keys", "create", "--scope", "read", "--name", "crm", "--json");
        assertThat(made.status()).as(made.err()).isZero();
        JsonNode key = JSON.readTree(made.out());
        String text = key.path("login").path("key").asText();
        assertThat(new RemoteApi(server.url(), text).get("/calls").path("items").isArray())
                .isTrue();
        JsonNode credential =
                JSON.readTree(asked("keys", "create", "--facade", "bandwidth", "--name", "token-1", "--json")
                        .out());
        assertThat(credential.path("login").size()).isPositive();
        assertThat(asked("keys", "list").out())
                .contains("native read", "crm", "bandwidth", "token-1")
                .doesNotContain(text);
        for (JsonNode one : new JsonNode[] {key, credential})
            assertThat(asked("keys", "delete", one.path("id").asText()).status())
                    .isZero();
        assertThat(asked("keys", "list").out()).doesNotContain("crm", "token-1");
        assertThat(asked("keys", "delete", "none").status()).isEqualTo(RemoteException.REFUSED);
        assertThat(asked("keys", "list", "--data", folder.toString()).err())
                .isEqualTo("outdial: --url goes without --config and --data\n");
    }

    @Test
    void aCallIsListedShownAndHungUp() throws Exception {
        String id = call("+15550100123", ", \"actions\": [{\"type\": \"sleep\", \"option\": {\"duration\": 60000}}]");
        awaitStatus(id, "progressing");

        Run listed = asked("calls", "--to", "+15550100123");
        assertThat(listed.status()).as(listed.err()).isZero();
        assertThat(listed.out()).startsWith("CALL ").contains(id).contains("progressing");

        Run ended = asked("hangup", id);
        assertThat(ended.status()).as(ended.err()).isZero();
        awaitStatus(id, "hangup");

        Run shown = asked("show", id);
        assertThat(shown.status()).as(shown.err()).isZero();
        assertThat(shown.out())
                .containsPattern("outcome +completed")
                .containsPattern("hangup by +local")
                .containsPattern("0\\.000 +call\\.created")
                .containsPattern("call\\.ended +completed");
        JsonNode json = JSON.readTree(asked("show", id, "--json").out());
        assertThat(json.path("call").path("id").asText()).isEqualTo(id);
        assertThat(json.path("events").size()).isGreaterThan(3);
    }

    @Test
    void theMessagesOfACallAreShownAsALadderAndWrittenToAFile(@TempDir Path to) throws Exception {
        String id = call("+15550100125", ", \"say\": \"Hello.\"");
        awaitStatus(id, "hangup");

        Run shown =
                asked("show", id, "--ladder", "--trace", to.resolve("call.pcap").toString());
        assertThat(shown.status()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains(" INVITE (", "|<", " 200 OK (", " BYE (")
                .doesNotContain("m=audio");
        assertThat(Files.readAllBytes(to.resolve("call.pcap"))).startsWith(0xA1, 0xB2, 0x3C, 0x4D);
        assertThat(asked("show", id, "--trace", to.resolve("call.svg").toString())
                        .status())
                .isZero();
        assertThat(to.resolve("call.svg")).content().startsWith("<svg ").contains("INVITE 1");
        assertThat(JSON.readTree(asked("show", id, "--ladder", "--json").out())
                        .path("trace")
                        .path("messages")
                        .size())
                .isGreaterThan(4);

        Run unknown = asked("show", id, "--trace", to.resolve("call.wav").toString());
        assertThat(unknown.status()).isEqualTo(64);
        assertThat(unknown.err()).contains(".pcap, .svg, .txt or .json is expected");
    }

    @Test
    void moreThanAPageIsListed() throws Exception {
        for (int i = 0; i < 3; i++) call("+155501009" + i + "0", ", \"say\": \"Hello.\", \"tag\": \"paged\"");
        JsonNode calls = JSON.readTree(
                asked("calls", "--tag", "paged", "--limit", "2", "--json").out());
        assertThat(calls).hasSize(2);
        assertThat(api().list("/calls", Map.of("tag", "paged"), 1000)).hasSize(3);
    }

    @Test
    void whatHappensIsToldWhileItHappens() throws Exception {
        var out = new StringWriter();
        Thread follower = Thread.startVirtualThread(() -> {
            int unused = OutdialCommand.run(
                    new PrintWriter(out),
                    new PrintWriter(new StringWriter()),
                    "calls",
                    "--follow",
                    "--url",
                    server.url(),
                    "--api-key-file",
                    keyFile.toString());
        });
        // Each call tells of itself; the first may have been before it listened.
        while (!out.toString().contains("call.ended")) {
            awaitStatus(call("+15550100124", ", \"say\": \"Hello.\""), "hangup");
        }
        follower.interrupt();
        follower.join();
        assertThat(out.toString()).containsPattern("\\d+Z  [0-9a-f-]{36}  call\\.ended  completed");
    }

    @Test
    void trunksAreShown() {
        Run shown = asked("trunks");
        assertThat(shown.status()).as(shown.err()).isZero();
        assertThat(shown.out())
                .startsWith("TRUNK")
                .containsPattern("\nloopback +127\\.0\\.0\\.1:\\d+ +registered +\\d+ of any");
        Run registered = asked("trunks", "--register", "loopback");
        assertThat(registered.status()).as(registered.err()).isZero();
        assertThat(registered.out()).contains("registered");
        assertThat(asked("trunks", "--register", "nobody").status()).isEqualTo(1);
        Run reloaded = asked("trunks", "--reload");
        assertThat(reloaded.status()).isEqualTo(1);
        assertThat(reloaded.err()).contains("without a configuration file");
    }

    @Test
    void numbersAreNotCalledAndCalledAgain() {
        Run added = asked("dnc", "--add", "+15550100199", "--reason", "asked for it");
        assertThat(added.status()).as(added.err()).isZero();
        assertThat(added.out()).containsPattern("\\+15550100199 +\\S+Z +asked for it");
        Run removed = asked("dnc", "--remove", "+15550100199", "--json");
        assertThat(removed.status()).as(removed.err()).isZero();
        assertThat(removed.out().strip()).isEqualTo("[]");
        Run senseless = asked("dnc", "--add", "hello");
        assertThat(senseless.status()).isEqualTo(1);
        assertThat(senseless.err()).startsWith("outdial: ").contains("number");
    }

    @Test
    void whatIsWrongIsSaidInASentence() throws IOException {
        Run unknown = asked("show", "00000000-0000-0000-0000-00000000beef");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err())
                .isEqualTo("outdial: there is no call 00000000-0000-0000-0000-00000000beef" + System.lineSeparator());

        Path other = Files.writeString(folder.resolve("other"), "od_000000000000_" + "0".repeat(40));
        Run refused = Run.outdial("calls", "--url", server.url(), "--api-key-file", other.toString());
        assertThat(refused.status()).isEqualTo(77);
        assertThat(refused.err()).contains("access key").doesNotContain("od_0000");

        Run nobody =
                Run.outdial("calls", "--url", "http://127.0.0.1:" + unusedPort(), "--api-key-file", keyFile.toString());
        assertThat(nobody.status()).isEqualTo(69);
        assertThat(nobody.err()).contains("no server answers at http://127.0.0.1:");

        assertThat(Run.outdial("calls", "--url", "ftp://x", "--api-key-file", keyFile.toString())
                        .status())
                .isEqualTo(64);
        assertThat(asked("calls", "--status", "asleep").err()).contains("status");
        assertThat(asked("calls", "--follow", "--tag", "x").status()).isEqualTo(64);
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void shellsCompleteCommands() {
        Run script = Run.outdial("completion");
        assertThat(script.status()).isZero();
        assertThat(script.out()).contains("complete").contains("hangup").contains("--api-key-file");
    }
}
