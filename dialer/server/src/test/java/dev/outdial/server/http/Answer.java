package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.http.json.JsonText;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What came back, which is what the contract promises. */
@SuppressWarnings("ArrayRecordComponent") // its equality is that of the content
record Answer(int status, HttpHeaders headers, byte[] bytes) {
    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JsonText.ours(text());
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    String id() {
        return json().path("id").asText();
    }

    /** The fields that were refused, in order. */
    List<String> wrongFields() {
        return json().path("errors").findValuesAsText("field");
    }

    /** What was said of a field. */
    String said(String field) {
        for (JsonNode error : json().path("errors"))
            if (error.path("field").asText().equals(field))
                return error.path("message").asText();
        return "";
    }

    /** The word of a problem. */
    String problem() {
        return json().path("type").asText().replace("urn:outdial:problem:", "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answer answer && status == answer.status && Arrays.equals(bytes, answer.bytes);
    }

    @Override
    public int hashCode() {
        return status;
    }

    @Override
    public String toString() {
        return status + " " + headers.map() + " " + text();
    }
}
