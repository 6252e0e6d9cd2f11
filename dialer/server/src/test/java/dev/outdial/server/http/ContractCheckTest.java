package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds all answers against the contract notices where one differs. */
class ContractCheckTest {
    private static final Map<String, List<String>> HEADERS = Map.of(
            "X-Request-Id", List.of("r"),
            "X-Content-Type-Options", List.of("nosniff"),
            "X-Frame-Options", List.of("DENY"),
            "Cache-Control", List.of("no-store"),
            "Content-Security-Policy", List.of("default-src 'none'"),
            "Content-Type", List.of("application/json"));

    private static Answer answer(int status, String body) {
        return new Answer(
                status, HttpHeaders.of(HEADERS, (name, value) -> true), body.getBytes(StandardCharsets.UTF_8));
    }

    private static void check(Answer answer) {
        ContractCheck.check("GET", "/healthz", answer);
    }

    @Test
    void whatThePromiseSaysPasses() {
        check(answer(200, "{\"status\":\"up\"}"));
    }

    @Test
    void whatItDoesNotSayIsNoticed() {
        for (String body : List.of("{}", "{\"status\":\"down\"}", "{\"status\":\"up\",\"more\":1}", "[]"))
            assertThatThrownBy(() -> check(answer(200, body))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(answer(204, ""))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(answer(201, "{\"status\":\"up\"}"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aHeaderThatIsMissingIsNoticed() {
        for (String name : HEADERS.keySet()) {
            var fewer = new HashMap<>(HEADERS);
            fewer.remove(name);
            var answer = new Answer(
                    200,
                    HttpHeaders.of(fewer, (key, value) -> true),
                    "{\"status\":\"up\"}".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> check(answer)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void aProblemThatTellsOfTheInsideIsNoticed() {
        ObjectNode problem = (ObjectNode) answer(
                        404,
                        new String(Problem.of(404, "x", "java.lang.Exception").json("r"), StandardCharsets.UTF_8))
                .json();
        var headers = new HashMap<>(HEADERS);
        headers.put("Content-Type", List.of(Problem.CONTENT_TYPE));
        assertThatThrownBy(() -> check(new Answer(
                        404,
                        HttpHeaders.of(headers, (key, value) -> true),
                        problem.toString().getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(AssertionError.class);
        check(new Answer(
                404,
                HttpHeaders.of(headers, (key, value) -> true),
                problem.put("detail", "plain words").toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void thePathsOfTheContractAreFound() {
        assertThat(ContractCheck.template("/api/v1/calls/1/record/stop")).contains("/api/v1/calls/{id}/record/stop");
        assertThat(ContractCheck.template("/docs/style.css")).contains("/docs/style.css");
        assertThat(ContractCheck.template("/api/v2/calls")).isEmpty();
    }
}
