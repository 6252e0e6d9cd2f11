package dev.outdial.server.http;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with what never became a request, such as a head that is too long, without a word of the server's inside. */
final class WireErrors extends ErrorHandler {
    private final boolean loopbackTrunk;

    WireErrors(boolean loopbackTrunk) {
        this.loopbackTrunk = loopbackTrunk;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        Problem problem = switch (code) {
            case 414 -> Problem.of(414, "uri_too_long", "the address is too long");
            case 431 -> Problem.of(431, "head_too_long", "the head of the request is too long");
            case 404 -> Problem.of(404, "no_such_place", "nothing is served at this path");
            default ->
                code < 500
                        ? Problem.of(code, "bad_request", "the request is not well-formed HTTP")
                        : Problem.internal();
        };
        String requestId = UUID.randomUUID().toString();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.getHeaders().put("X-Request-Id", requestId);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        if (loopbackTrunk) response.getHeaders().put(Headers.TRUNK, "loopback");
        response.write(true, ByteBuffer.wrap(problem.json(requestId)), callback);
    }
}
