package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.http.json.JsonText.BadJsonException;
import dev.outdial.server.http.json.Problems;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** One request, as those who answer it see it. One thread. */
final class Exchange {
    static final int MAX_JSON_BYTES = 256 * 1024;

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern REQUEST_KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final Context context;
    private final Optional<AccessKeyRecord> key;
    private final RequestBody content;
    private Optional<JsonNode> json = Optional.empty();

    Exchange(Context context, Optional<AccessKeyRecord> key, RequestBody content) {
        this.context = context;
        this.key = key;
        this.content = content;
    }

    Context context() {
        return context;
    }

    /** Whose key it is; asked only where one is needed. */
    AccessKeyRecord key() {
        return key.orElseThrow(() -> new IllegalStateException("a route without a key asks for it"));
    }

    String account() {
        return key().account();
    }

    String path(String name) {
        return context.pathParam(name);
    }

    /** The id in the path; what is none names nothing. */
    String id() {
        return id("id");
    }

    String id(String name) {
        String id = path(name).toLowerCase(Locale.ROOT);
        if (!UUID.matcher(id).matches()) throw notFound();
        return id;
    }

    static boolean isId(String text) {
        return UUID.matcher(text).matches();
    }

    static ServiceException notFound() {
        return new ServiceException(ServiceException.Kind.NOT_FOUND, "not_found", "there is no such thing here");
    }

    Query query() {
        return new Query(context.queryParamMap());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(context.header(name));
    }

    /** The JSON body. */
    Fields body() throws IOException, ProblemException {
        byte[] bytes = content.read(MAX_JSON_BYTES);
        try {
            JsonNode read = bytes.length == 0 ? JsonText.MAPPER.createObjectNode() : JsonText.parse(bytes);
            json = Optional.of(read);
            return new Fields(read, "", new Problems());
        } catch (BadJsonException e) {
            String message = e.getMessage();
            throw new ProblemException(400, "bad_json", message == null ? "" : message);
        }
    }

    /** The body as it comes. */
    RequestBody content() {
        return content;
    }

    /** The asker's own name for this request, once its body was read. */
    Optional<RequestKey> requestKey() throws ProblemException {
        Optional<String> name = header("Idempotency-Key");
        if (name.isEmpty()) return Optional.empty();
        if (!REQUEST_KEY.matcher(name.get()).matches())
            throw new ProblemException(
                    400, "bad_idempotency_key", "Idempotency-Key must be 1 to 255 printable characters without spaces");
        JsonNode body = json.orElseThrow(() -> new IllegalStateException("the body was not read"));
        return Optional.of(new RequestKey(name.get(), JsonText.hash(context.method() + " " + context.path(), body)));
    }
}
