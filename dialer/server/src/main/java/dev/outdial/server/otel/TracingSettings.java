package dev.outdial.server.otel;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Where traces go.
 *
 * @param endpoint http or https, with its path, as {@code http://127.0.0.1:4318/v1/traces}
 * @param headers sent with each request; may be secret
 * @param serviceName as which the server is known there
 * @param masked takes out of a text what is nobody's business
 */
public record TracingSettings(
        String endpoint, Map<String, String> headers, String serviceName, UnaryOperator<String> masked) {
    public TracingSettings {
        headers = Map.copyOf(headers);
    }

    /** Without the headers. */
    @Override
    public String toString() {
        return "TracingSettings[" + endpoint + ", " + serviceName + "]";
    }
}
