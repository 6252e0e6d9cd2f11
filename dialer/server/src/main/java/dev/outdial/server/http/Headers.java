package dev.outdial.server.http;

import dev.outdial.server.calls.AccessKeyRecord;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The headers of every answer, and what is remembered of a request for its log line. */
final class Headers {
    /** On every answer while calls reach nobody outside. */
    static final String TRUNK = "X-Outdial-Trunk";

    private static final String REQUEST_ID = "outdial.request.id";
    private static final String STARTED = "outdial.request.started";
    private static final String KEY = "outdial.request.key";
    private static final Pattern GOOD_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Headers() {}

    /** Before anything is decided. */
    static void begin(Context context, HttpSettings settings, long nowNanos) {
        String asked = context.header("X-Request-Id");
        String id = asked != null && GOOD_ID.matcher(asked).matches()
                ? asked
                : UUID.randomUUID().toString();
        context.attribute(REQUEST_ID, id);
        context.attribute(STARTED, nowNanos);
        context.header("X-Request-Id", id);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'");
        context.header("Cache-Control", "no-store");
        if (settings.loopbackTrunk()) context.header(TRUNK, "loopback");
        if (settings.tls().isPresent()) context.header("Strict-Transport-Security", "max-age=31536000");
    }

    static String requestId(Context context) {
        String id = context.attribute(REQUEST_ID);
        return id == null ? "" : id;
    }

    static void remember(Context context, AccessKeyRecord key) {
        context.attribute(KEY, key.prefix());
    }

    /** How the key began; empty where there was none. */
    static Optional<String> keyPrefix(Context context) {
        return Optional.ofNullable(context.attribute(KEY));
    }

    static long startedNanos(Context context, long nowNanos) {
        Long started = context.attribute(STARTED);
        return started == null ? nowNanos : started;
    }
}
