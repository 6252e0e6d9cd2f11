package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The fields that are taken are those of the contract, and those are required that the contract says. */
class FieldsContractTest {
    private static final Api API = Api.start();
    private static final String SOME_ID = "7b1c2f6e-0b5e-4d55-9d0a-0d6c7f1e2a34";

    @AfterAll
    static void stop() {
        API.close();
    }

    private static JsonNode schema(JsonNode operation) {
        return ContractCheck.resolve(operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema"));
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @TestFactory
    Stream<DynamicTest> theFieldsOfEachBody() {
        var tests = new ArrayList<DynamicTest>();
        for (Map.Entry<String, JsonNode> path :
                ContractCheck.CONTRACT.path("paths").properties())
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties())
                if (schema(operation.getValue()).path("type").asText().equals("object"))
                    tests.add(DynamicTest.dynamicTest(
                            operation.getKey() + " " + path.getKey(),
                            () -> compare(operation.getKey(), path.getKey(), schema(operation.getValue()))));
        assertThat(tests).hasSizeGreaterThan(30);
        return tests.stream();
    }

    private static void compare(String method, String path, JsonNode schema) {
        String concrete = path.replaceAll("\\{[a-z_]+}", SOME_ID);
        Answer answer = API.send(method.toUpperCase(Locale.ROOT), concrete, "{\"qqqqqqqqqqqqqqqqqqqq\":1}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        String known = answer.said("qqqqqqqqqqqqqqqqqqqq").replace("is unknown; known are ", "");
        assertThat(known.isEmpty() ? List.of() : List.of(known.split(", ")))
                .containsExactlyInAnyOrderElementsOf(names(schema.path("properties")));
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        required.add("qqqqqqqqqqqqqqqqqqqq");
        assertThat(answer.wrongFields()).containsExactlyInAnyOrderElementsOf(required);
    }
}
