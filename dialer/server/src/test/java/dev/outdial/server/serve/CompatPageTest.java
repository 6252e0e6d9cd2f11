package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.server.config.ConfigReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/compat.md} tells its reader to type is typed, as it is printed, with the server that it tells him to start; and the page is
 * held to what came of it.
 */
@Tag("slow")
class CompatPageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CompatPage PAGE = CompatPage.read(Path.of("../../docs/compat.md"));

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Server server;

    @BeforeAll
    static void serve() {
        Assumptions.assumeTrue(ShellRun.isPossible(), "no curl here: the examples of docs/compat.md are not run");
        // As 'outdial serve' has it, at a port that is free.
        var environment = new HashMap<>(Map.of(
                "OUTDIAL_HTTP_HOST", "127.0.0.1",
                "OUTDIAL_HTTP_PORT", "0",
                "OUTDIAL_LOOPBACK_TRUNK", "true",
                "OUTDIAL_SIP_HOST", "127.0.0.1",
                "OUTDIAL_SIP_PORT", "0",
                "OUTDIAL_DRAIN", "0s"));
        environment.putAll(PAGE.serverSettings());
        server = Server.startWithKey(ConfigReader.withoutFile(folder, environment));
    }

    @AfterAll
    @SuppressWarnings("NullAway")
    static void end() {
        if (server != null) server.close();
    }

    /** What the table of the page says about variables, filled in from a credential that is made for it. */
    private static Map<String, String> variables(CompatPage.Section section) throws Exception {
        String key = server.key().orElseThrow().text();
        var variables = new HashMap<>(Map.of("BASE_URL", server.url(), "OUTDIAL_API_KEY", key));
        Map<String, String> words = PAGE.variables().getOrDefault(section.api(), Map.of());
        if (words.isEmpty()) return variables;
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/facadekeys"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"facade\":\"" + section.api() + "\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            JsonNode login = JSON.readTree(
                            client.send(request, BodyHandlers.ofString()).body())
                    .path("login");
            words.forEach((variable, word) -> {
                assertThat(login.has(word)).as(word + " of " + login).isTrue();
                variables.put(variable, login.path(word).asText());
            });
        }
        return variables;
    }

    @TestFactory
    Stream<DynamicTest> theExamples() {
        List<CompatPage.Section> sections = PAGE.sections().stream()
                .filter(section -> !section.examples().isEmpty())
                .toList();
        assertThat(sections).isNotEmpty();
        return sections.stream()
                .map(section -> DynamicTest.dynamicTest(section.title(), () -> {
                    List<ShellRun.Output> outputs = ShellRun.of(section.examples(), variables(section));
                    for (int i = 0; i < outputs.size(); i++) {
                        CompatPage.Example example = section.examples().get(i);
                        assertThat(example.complaint(outputs.get(i)))
                                .as(example.commands() + "\n" + outputs.get(i))
                                .isEmpty();
                    }
                }));
    }

    @Test
    void eachApiThatIsServedHasItsVariablesAndASectionWithAnExample() {
        for (String api : Facades.names()) {
            assertThat(PAGE.variables()).containsKey(api);
            assertThat(PAGE.sections())
                    .as("a section with a curl for " + api)
                    .anyMatch(section -> section.api().equals(api)
                            && section.examples().stream()
                                    .anyMatch(one -> one.commands().contains("curl ")));
        }
    }
}
