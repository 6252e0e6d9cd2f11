package dev.outdial.server.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes traces by OTLP over HTTP and reads them by the field numbers of opentelemetry-proto's trace.proto, with nothing of the library that
 * wrote them. <b>Threading:</b> any.
 */
final class TraceReceiver implements AutoCloseable {
    private final HttpServer http;
    private final List<Received> spans = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();

    /** A span as it came. Attributes of its events stand after their names. */
    record Received(
            String service,
            String traceId,
            String spanId,
            String parentId,
            String name,
            long kind,
            long startNanos,
            long endNanos,
            Map<String, Object> attributes,
            List<String> events,
            long status,
            String message) {}

    private TraceReceiver(HttpServer http) {
        this.http = http;
    }

    static TraceReceiver start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var receiver = new TraceReceiver(http);
        http.createContext("/v1/traces", receiver::take);
        http.start();
        return receiver;
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1/traces";
    }

    /** The spans whose attribute says that. */
    List<Received> spans() {
        return List.copyOf(spans);
    }

    /** What each request had as {@code x-token}. */
    List<String> tokens() {
        return List.copyOf(headers);
    }

    private void take(HttpExchange exchange) throws IOException {
        headers.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("x-token"))
                .orElse(""));
        byte[] body = exchange.getRequestBody().readAllBytes();
        for (byte[] resourceSpans : fields(body).messages(1)) {
            Fields of = fields(resourceSpans);
            String service = String.valueOf(of.messages(1).stream()
                    .map(resource -> attributes(fields(resource), 1).get("service.name"))
                    .findFirst()
                    .orElse(""));
            for (byte[] scope : of.messages(2)) {
                for (byte[] span : fields(scope).messages(2)) spans.add(span(service, fields(span)));
            }
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Received span(String service, Fields span) {
        Optional<Fields> status =
                span.messages(15).stream().map(TraceReceiver::fields).findFirst();
        return new Received(
                service,
                span.hex(1),
                span.hex(2),
                span.hex(4),
                span.text(5),
                span.number(6),
                span.number(7),
                span.number(8),
                attributes(span, 9),
                span.messages(11).stream()
                        .map(TraceReceiver::fields)
                        .map(event -> event.text(2) + attributes(event, 3))
                        .toList(),
                status.map(one -> one.number(3)).orElse(0L),
                status.map(one -> one.text(2)).orElse(""));
    }

    private static Map<String, Object> attributes(Fields of, int number) {
        var attributes = new HashMap<String, Object>();
        for (byte[] pair : of.messages(number)) {
            Fields one = fields(pair);
            Fields value = fields(one.messages(2).getFirst());
            attributes.put(one.text(1), value.has(1) ? value.text(1) : (Object) value.number(3));
        }
        return attributes;
    }

    /** Fields of a message by their numbers: Long, or byte[] for what has a length. */
    private record Fields(Map<Integer, List<Object>> values) {
        boolean has(int number) {
            return values.containsKey(number);
        }

        List<byte[]> messages(int number) {
            return values.getOrDefault(number, List.of()).stream()
                    .map(byte[].class::cast)
                    .toList();
        }

        String text(int number) {
            return has(number) ? new String(messages(number).getFirst(), StandardCharsets.UTF_8) : "";
        }

        String hex(int number) {
            return has(number) ? HexFormat.of().formatHex(messages(number).getFirst()) : "";
        }

        long number(int number) {
            return has(number) ? (Long) values.getOrDefault(number, List.of()).getFirst() : 0;
        }
    }

    private static Fields fields(byte[] message) {
        var values = new HashMap<Integer, List<Object>>();
        ByteBuffer rest = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.hasRemaining()) {
            long tag = varint(rest);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> (Object) varint(rest);
                case 1 -> (Object) rest.getLong();
                case 5 -> (Object) (long) rest.getInt();
                default -> {
                    var bytes = new byte[(int) varint(rest)];
                    rest.get(bytes);
                    yield bytes;
                }
            };
            values.computeIfAbsent((int) (tag >> 3), one -> new ArrayList<>()).add(value);
        }
        return new Fields(values);
    }

    private static long varint(ByteBuffer rest) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = rest.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
