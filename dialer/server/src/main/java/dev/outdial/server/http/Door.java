package dev.outdial.server.http;

import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.AnswerService;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.TraceParent;
import dev.outdial.server.http.limit.KeyLimits;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands between the wire and those who answer: key, scope, limits, and a problem for all that is refused. <b>Threading:</b> any. */
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final Rate STREAM_STARTS = new Rate(10, 100);

    private final HttpSettings settings;
    private final Guard guard;
    private final AnswerService answers;
    private final KeyLimits limits;
    private final KeyLimits streams;
    private final BooleanSupplier draining;
    private final LongSupplier nanos;

    Door(HttpSettings settings, Guard guard, AnswerService answers, BooleanSupplier draining, LongSupplier nanos) {
        this.settings = settings;
        this.guard = guard;
        this.answers = answers;
        this.limits = new KeyLimits(settings.rate(), settings.atOnce(), nanos);
        this.streams = new KeyLimits(STREAM_STARTS, settings.streams(), nanos);
        this.draining = draining;
        this.nanos = nanos;
    }

    /** Answers one request. */
    void pass(Route route, Context context) {
        try {
            Replies.write(admitted(route, context), context);
        } catch (ProblemException e) {
            Replies.write(Problem.of(e), context);
        } catch (ServiceException e) {
            Replies.write(Problem.of(e), context);
        } catch (RequestBody.RefusedException e) {
            // Its rest may not have been read: the connection is good for nothing more.
            context.header("Connection", "close");
            Replies.write(Problem.of(e.problem()), context);
        } catch (IOException | RuntimeException e) {
            failed(context, e);
        }
    }

    /** What is no exception, such as a stack that overflowed. */
    static void failed(HttpServletResponse response, Error error) {
        String requestId =
                Optional.ofNullable(response.getHeader("X-Request-Id")).orElse("");
        LOG.error("request={} failed", requestId, error);
        if (response.isCommitted()) return;
        try {
            response.setStatus(500);
            response.setContentType(Problem.CONTENT_TYPE);
            response.getOutputStream().write(Problem.internal().json(requestId));
        } catch (IOException e) {
            LOG.debug("request={} broke off: {}", requestId, e.toString());
        }
    }

    /** Nobody foresaw that, or the asker went away. */
    static void failed(Context context, Throwable e) {
        if (context.res().isCommitted()) {
            LOG.debug("request={} broke off: {}", Headers.requestId(context), e.toString());
            return;
        }
        LOG.error("request={} failed", Headers.requestId(context), e);
        Replies.write(Problem.internal(), context);
    }

    private Reply admitted(Route route, Context context) throws IOException, ProblemException {
        if (route.scope().isEmpty()) return answered(route, context, Optional.empty());
        AccessKeyRecord key = guard.admit(
                Optional.ofNullable(context.header("Authorization")),
                context.req().getRemoteAddr(),
                route.scope().get());
        Headers.remember(context, key);
        KeyLimits limit = route.kind() == Route.Kind.STREAM ? streams : limits;
        KeyLimits.Entry entry = limit.enter(key.id());
        switch (entry) {
            case KeyLimits.Entry.TooFast fast ->
                throw tooMany(
                        "more than " + plain(settings.rate().perSecond()) + " requests a second with this key",
                        fast.retryAfterSeconds());
            case KeyLimits.Entry.TooMany many -> throw tooMany("too many requests of this key are in work", 1);
            case KeyLimits.Entry.Admitted admitted -> {}
        }
        try {
            Reply reply = answered(route, context, Optional.of(key));
            // Content is sent while it counts as being in work.
            if (reply instanceof Reply.Stored stored) Replies.write(stored, context);
            return reply instanceof Reply.Stored ? new Reply.Written() : reply;
        } finally {
            limit.leave(key.id());
        }
    }

    private static ProblemException tooMany(String what, long retryAfterSeconds) {
        return new ProblemException(
                429, "too_many_requests", what, Map.of("Retry-After", Long.toString(retryAfterSeconds)));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private Reply answered(Route route, Context context, Optional<AccessKeyRecord> key)
            throws IOException, ProblemException {
        checkTypes(route, context);
        boolean isNew = route.kind() == Route.Kind.CREATE || route.kind() == Route.Kind.CREATE_OF_ROWS;
        if (isNew && draining.getAsBoolean())
            throw new ProblemException(
                    503, "draining", "the server is about to stop and takes nothing new", Map.of("Retry-After", "10"));
        var body = new RequestBody(
                context.req().getInputStream(), context.req().getContentLengthLong(), settings.requestTimeout(), nanos);
        try (TraceParent.Scope unused = TraceParent.enter(Optional.ofNullable(context.header("traceparent")))) {
            return route.action().act(new Exchange(context, key, body, answers));
        }
    }

    private static void checkTypes(Route route, Context context) throws ProblemException {
        switch (route.kind()) {
            case CONTENT, STREAM, UPLOAD -> {}
            case PLAIN -> checkAccept(context);
            case BODY, CREATE -> {
                checkAccept(context);
                checkContent(context);
            }
            case CREATE_OF_ROWS -> {
                checkAccept(context);
                if (!CampaignRoutes.isCsv(Optional.ofNullable(context.req().getContentType()))) checkContent(context);
            }
        }
        String coding = context.header("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity"))
            throw new ProblemException(415, "content_encoding", "the body must not be compressed");
    }

    private static void checkAccept(Context context) throws ProblemException {
        String accept = context.header("Accept");
        if (accept == null || accept.isBlank()) return;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String type = range.split(";", -1)[0].strip();
            if (type.equals("*/*") || type.equals("application/*") || type.equals("application/json")) return;
        }
        throw new ProblemException(406, "not_acceptable", "answers are application/json");
    }

    private static void checkContent(Context context) throws ProblemException {
        String type = context.req().getContentType();
        if (type == null) {
            if (context.req().getContentLengthLong() <= 0 && context.header("Transfer-Encoding") == null) return;
        } else {
            String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
            String charset = parts.length > 1 ? parts[1].strip().replace("\"", "") : "charset=utf-8";
            if (parts[0].strip().equals("application/json") && charset.equals("charset=utf-8")) return;
        }
        throw new ProblemException(415, "not_json", "the body must be application/json in UTF-8");
    }
}
