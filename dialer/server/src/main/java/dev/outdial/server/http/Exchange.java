package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.AnswerService;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.http.json.JsonText.BadJsonException;
import dev.outdial.server.http.json.Problems;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request, as those who answer it see it. One thread. */
final class Exchange {
    static final int MAX_JSON_BYTES = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern REQUEST_KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final Context context;
    private final Optional<AccessKeyRecord> key;
    private final RequestBody content;
    private final AnswerService answers;
    private Optional<JsonNode> json = Optional.empty();

    Exchange(Context context, Optional<AccessKeyRecord> key, RequestBody content, AnswerService answers) {
        this.context = context;
        this.key = key;
        this.content = content;
        this.answers = answers;
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
        return body(MAX_JSON_BYTES);
    }

    /** The JSON body, of at most so many bytes. */
    Fields body(int maxBytes) throws IOException, ProblemException {
        byte[] bytes = content.read(maxBytes);
        try {
            JsonNode read = bytes.length == 0 ? JsonText.MAPPER.createObjectNode() : JsonText.parse(bytes);
            json = Optional.of(read);
            return new Fields(read, "", new Problems());
        } catch (BadJsonException e) {
            String message = e.getMessage();
            throw new ProblemException(400, "bad_json", message == null ? "" : message);
        }
    }

    /** Fields that came otherwise than as a JSON body. */
    Fields body(JsonNode made) {
        json = Optional.of(made);
        return new Fields(made, "", new Problems());
    }

    /** The body as it comes. */
    RequestBody content() {
        return content;
    }

    /**
     * What is answered to something new that has no secret in it. Under a key of the asker's the first answer is kept, so that it can be
     * {@link #again given again}.
     */
    Reply first(Reply reply) throws ProblemException {
        Optional<RequestKey> own = requestKey();
        if (own.isPresent() && reply instanceof Reply.Json json) keep(own.get().key(), JsonText.write(json.body()));
        return reply;
    }

    private void keep(String name, String answer) {
        try {
            answers.keep(account(), name, answer);
        } catch (ServiceException away) {
            // It was accepted all the same: who asks again is shown the thing as it stands then.
            LOG.debug("an answer is not kept: {}", away.getMessage());
        }
    }

    /** The first answer once more; empty where it is not known. @param path of what was made, without its id; of several there is none */
    Optional<Reply> again(String path) throws ProblemException {
        Optional<RequestKey> own = requestKey();
        Optional<String> kept = own.isEmpty()
                ? Optional.empty()
                : answers.find(account(), own.get().key());
        if (kept.isEmpty()) return Optional.empty();
        JsonNode id = JsonText.ours(kept.get()).path("id");
        Map<String, String> headers = id.isTextual()
                ? Map.of("Idempotency-Replayed", "true", "Location", path + "/" + id.asText())
                : Map.of("Idempotency-Replayed", "true");
        return Optional.of(new Reply.Again(kept.get(), headers));
    }

    /**
     * Does something in the call of this path, once for each key of the asker's; who asks again is given the first answer.
     *
     * @param path of what it makes, without its id
     */
    Reply once(String path, Route.Action deed) throws IOException, ProblemException {
        Optional<RequestKey> own = requestKey();
        if (own.isEmpty()) return deed.act(this);
        String name = own.get().key();
        if (!answers.begin(account(), own.get(), id())) return done(name, path);
        Reply reply;
        try {
            reply = deed.act(this);
        } catch (ServiceException | ProblemException refused) {
            answers.undo(account(), name);
            throw refused;
        }
        if (reply instanceof Reply.Json) return first(reply);
        keep(name, "");
        return reply;
    }

    private Reply done(String name, String path) throws ProblemException {
        String kept = answers.find(account(), name)
                .orElseThrow(() -> new ServiceException(
                        ServiceException.Kind.CONFLICT,
                        "in_progress",
                        "the same was asked under this key and is not answered yet"));
        return kept.isEmpty() ? new Reply.NothingAgain() : again(path).orElseGet(Reply.NothingAgain::new);
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
