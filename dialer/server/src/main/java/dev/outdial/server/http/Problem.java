package dev.outdial.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.http.json.JsonText;
import java.util.List;
import java.util.Map;

/**
 * What went wrong, as its asker is told (RFC 9457).
 *
 * @param code a stable word; its type is {@code urn:outdial:problem:} and this
 * @param headers that go with it
 */
record Problem(
        int status, String code, String detail, List<ServiceException.Field> fields, Map<String, String> headers) {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad request"),
            Map.entry(401, "No valid access key"),
            Map.entry(403, "Not allowed"),
            Map.entry(404, "Not found"),
            Map.entry(405, "Method not allowed"),
            Map.entry(406, "Not acceptable"),
            Map.entry(408, "Request timed out"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Too large"),
            Map.entry(414, "URI too long"),
            Map.entry(415, "Unsupported content"),
            Map.entry(416, "Range not satisfiable"),
            Map.entry(422, "Invalid fields"),
            Map.entry(429, "Too many requests"),
            Map.entry(431, "Header fields too large"),
            Map.entry(500, "Internal error"),
            Map.entry(503, "Not now"));

    static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), Map.of());
    }

    static Problem of(ProblemException e) {
        return new Problem(e.status(), e.code(), text(e), List.of(), e.headers());
    }

    static Problem of(ServiceException e) {
        int status = switch (e.kind()) {
            case INVALID -> 422;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case FORBIDDEN -> 403;
            case TOO_MANY -> 429;
            case UNAVAILABLE -> 503;
        };
        boolean later = status == 429 || status == 503;
        return new Problem(status, e.code(), text(e), e.fields(), later ? Map.of("Retry-After", "1") : Map.of());
    }

    /** What nobody foresaw: the log knows more, under the id of the request. */
    static Problem internal() {
        return of(500, "internal", "something went wrong here; it is in the log of the server under this requestId");
    }

    private static String text(Exception e) {
        String message = e.getMessage();
        return message == null ? "" : message;
    }

    byte[] json(String requestId) {
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("type", "urn:outdial:problem:" + code)
                .put("title", TITLES.getOrDefault(status, "Refused"))
                .put("status", status)
                .put("detail", detail)
                .put("requestId", requestId);
        if (!fields.isEmpty()) {
            ArrayNode errors = json.putArray("errors");
            fields.forEach(
                    field -> errors.addObject().put("field", field.field()).put("message", field.message()));
        }
        return JsonText.bytes(json);
    }
}
