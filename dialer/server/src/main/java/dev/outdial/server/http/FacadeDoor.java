package dev.outdial.server.http;

import dev.outdial.server.calls.StoredBytes;
import dev.outdial.server.calls.TraceParent;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.Place;
import dev.outdial.server.facade.Trouble;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings requests to an API that is answered as another system does, and its answers back. <b>Threading:</b> any. */
final class FacadeDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FacadeDoor.class);

    private final HttpSettings settings;
    private final BooleanSupplier draining;
    private final LongSupplier nanos;

    FacadeDoor(HttpSettings settings, BooleanSupplier draining, LongSupplier nanos) {
        this.settings = settings;
        this.draining = draining;
        this.nanos = nanos;
    }

    /** Answers a request that comes to one of its places. */
    void pass(Facade facade, Place place, Context context) {
        Asked asked = asked(context);
        try (TraceParent.Scope unused = TraceParent.enter(Optional.ofNullable(context.header("traceparent")))) {
            boolean refused = place.makesNew() && draining.getAsBoolean();
            Answer answer = refused
                    ? facade.refused(Trouble.DRAINING, asked)
                    : place.handler().answer(asked);
            write(answer, context);
        } catch (RequestBody.RefusedException e) {
            // Its rest may not have been read: the connection is good for nothing more.
            context.header("Connection", "close");
            refuse(facade, Trouble.BODY_REFUSED, asked, context);
        } catch (IOException | RuntimeException e) {
            if (context.res().isCommitted()) {
                LOG.debug("request={} broke off: {}", Headers.requestId(context), e.toString());
                return;
            }
            LOG.error("request={} failed", Headers.requestId(context), e);
            refuse(facade, Trouble.BROKEN, asked, context);
        }
    }

    /** Answers a request that comes to none of its places. */
    static void refuse(Facade facade, Trouble trouble, Context context) {
        refuse(facade, trouble, lookedAt(context), context);
    }

    private static void refuse(Facade facade, Trouble trouble, Asked asked, Context context) {
        try {
            write(facade.refused(trouble, asked), context);
        } catch (IOException e) {
            LOG.debug("request={} broke off: {}", Headers.requestId(context), e.toString());
        }
    }

    private Asked asked(Context context) {
        var content = new Reading(context);
        return asked(context, context.pathParamMap(), content);
    }

    private static Asked lookedAt(Context context) {
        return asked(context, Map.of(), new Unread());
    }

    private static Asked asked(Context context, Map<String, String> names, Asked.Body body) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(context.req().getHeaderNames())) {
            headers.put(
                    name.toLowerCase(Locale.ROOT),
                    List.copyOf(Collections.list(context.req().getHeaders(name))));
        }
        return new Asked(
                context.req().getMethod(),
                context.path(),
                names,
                context.queryParamMap(),
                headers,
                body,
                context.req().getRemoteAddr(),
                context.req().isSecure(),
                context.scheme() + "://" + Optional.ofNullable(context.host()).orElse("localhost"),
                Headers.requestId(context));
    }

    private static void write(Answer answer, Context context) throws IOException {
        if (context.res().isCommitted()) return;
        answer.headers().forEach(context::header);
        switch (answer.content()) {
            case Answer.Bytes(byte[] bytes) -> {
                context.status(answer.status());
                if (!answer.contentType().isEmpty()) context.contentType(answer.contentType());
                context.result(bytes);
            }
            case Answer.Stored(StoredBytes stored, String fileName) ->
                Replies.write(new Reply.Stored(stored, fileName), context);
        }
    }

    private record Unread() implements Asked.Body {
        @Override
        public byte[] bytes() {
            return new byte[0];
        }

        @Override
        public InputStream upTo(long maxBytes) {
            return InputStream.nullInputStream();
        }
    }

    private final class Reading implements Asked.Body {
        private final Context context;

        Reading(Context context) {
            this.context = context;
        }

        private RequestBody body() throws IOException {
            return new RequestBody(
                    context.req().getInputStream(),
                    context.req().getContentLengthLong(),
                    settings.requestTimeout(),
                    nanos);
        }

        @Override
        public byte[] bytes() throws IOException {
            return body().read(Asked.MAX_BODY_BYTES);
        }

        @Override
        public InputStream upTo(long maxBytes) throws IOException {
            return body().upTo(maxBytes);
        }
    }
}
