package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KeysCommandTest {
    @TempDir
    private Path folder;

    private Run keys(String... arguments) {
        var all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return Run.outdial(all.toArray(String[]::new));
    }

    private static JsonNode json(Run run) throws Exception {
        assertThat(run.status()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void aCredentialIsMadeShownOnceListedAndDeleted() throws Exception {
        Run made = keys("create", "--facade", "bandwidth", "--name", "token-1");
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(made.out())
                .contains("facade      bandwidth\n")
                .contains("base URL    http://127.0.0.1:8080\n")
                .contains("userId      u-1\n")
                .contains("apiToken    token-1\n")
                .containsPattern("apiSecret   \\w{40}\n");
        String id = made.out().replaceAll("(?s)^id +(\\S+).*", "$1");
        String secret = made.out().replaceAll("(?s).*apiSecret +(\\w+).*", "$1");

        Run listed = keys("list");
        assertThat(listed.out()).contains(id, "bandwidth", "token-1").doesNotContain(secret);
        Run again = keys("create", "--facade", "bandwidth", "--name", "token-1");
        assertThat(again.status()).isEqualTo(64);
        assertThat(again.err()).isEqualTo("outdial: name is taken by another credential of bandwidth\n");

        assertThat(json(keys("delete", id, "--json")).path("deleted").asText()).isEqualTo(id);
        assertThat(keys("list").out()).isEmpty();
        assertThat(keys("delete", id).err()).isEqualTo("outdial: there is no such thing here\n");
    }

    @Test
    void eachApiIsToldInItsOwnWords() throws Exception {
        Path file = Files.writeString(
                folder.resolve("outdial.yaml"),
                "data: data\nhttp:\n  port: 9090\nfacades:\n  neutrino:\n    host: voice.example.com\n    port: 9191\n");
        for (String[] one : new String[][] {
            {"neutrino", "User-ID", "API-Key"},
            {"cequens", "userName", "apiKey"},
            {"voipbin", "username", "password"},
            {"voice2phone", "key", "key"}
        }) {
            JsonNode made =
                    json(Run.outdial("keys", "create", "--facade", one[0], "--config", file.toString(), "--json"));
            assertThat(made.path("login").path(one[1]).asText()).isNotEmpty();
            assertThat(made.path("login").path(one[2]).asText()).hasSize(40);
            assertThat(made.path("use").asText()).isNotEmpty();
            assertThat(made.path("base_url").asText())
                    .isEqualTo(one[0].equals("neutrino") ? "http://voice.example.com:9191" : "http://127.0.0.1:9090");
        }
    }

    @Test
    void withoutAFacadeAnAccessKeyIsMade() throws Exception {
        JsonNode made = json(keys("create", "--scope", "read", "--name", "crm", "--json"));

        assertThat(made.path("login").path("key").asText()).matches("od_\\w{12}_\\w{40}");
        assertThat(made.path("scope").asText()).isEqualTo("read");
        assertThat(keys("list").out())
                .contains("native read", "crm")
                .doesNotContain(made.path("login").path("key").asText());
        assertThat(keys("delete", made.path("id").asText()).status()).isZero();
    }

    @Test
    void whatMakesNoSenseIsSaidInASentence() {
        assertThat(keys("create", "--facade", "skype").err())
                .isEqualTo("outdial: facade must be one of neutrino, cequens, voipbin, voice2phone, bandwidth\n");
        assertThat(keys("create", "--facade", "bandwidth", "--scope", "call").err())
                .isEqualTo("outdial: --scope goes without --facade\n");
        assertThat(keys("create", "--password-stdin").err())
                .isEqualTo("outdial: --password-stdin goes with --facade voipbin\n");
        assertThat(keys("create", "--facade", "bandwidth", "--account", "nobody")
                        .err())
                .isEqualTo("outdial: account there is no such account\n");
    }

    @Test
    void thePasswordIsTheFirstLineOfItsInput() {
        assertThat(KeysCreateCommand.password(
                                new ByteArrayInputStream("pass wörd\nmore".getBytes(StandardCharsets.UTF_8)))
                        .value())
                .isEqualTo("pass wörd");
        assertThatThrownBy(() -> KeysCreateCommand.password(new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void whereAServerHasTheStoreOpenTheWayOverItsApiIsNamed() throws Exception {
        assertThat(keys("list").status()).isZero();
        Path file = folder.resolve("data/outdial.mv.db");
        // The lock that another process would have.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Run run = keys("create", "--facade", "bandwidth");

            assertThat(lock.isValid()).isTrue();
            assertThat(run.status()).isEqualTo(64);
            assertThat(run.err()).contains("is open in another process", "POST /api/v1/facadekeys");
        }
    }
}
