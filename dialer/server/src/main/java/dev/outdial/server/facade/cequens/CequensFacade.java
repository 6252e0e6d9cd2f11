package dev.outdial.server.facade.cequens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Field;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Client;
import dev.outdial.server.facade.Clients;
import dev.outdial.server.facade.Clients.Guess;
import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.FacadeOptions;
import dev.outdial.server.facade.Place;
import dev.outdial.server.facade.Trouble;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.http.json.JsonText.BadJsonException;
import dev.outdial.server.http.json.Problems;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs clients in and takes their calls. <b>Threading:</b> any. */
public final class CequensFacade implements Facade {
    /** The setting of the path that takes calls. */
    public static final String PATH = "path";

    /** The setting of further names of fields. */
    public static final String NAMES = "names";

    private static final String USUAL_PATH = "/voice/v1/calls";
    private static final List<String> SIGN_IN = List.of("/auth/v1/tokens", "/cequens/api/v1/signin");
    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+)\\s*");
    private static final String TOO_MANY = "too many requests with a wrong password came from there";
    private static final Duration TOKEN = Duration.ofDays(1);
    private static final Duration LONGEST_CALL = Duration.ofHours(1);
    private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

    private final CallService calls;
    private final Clients clients;
    private final InstantSource clock;
    private final String path;
    private final FieldNames names;

    /** @param clock for the times of answers */
    public CequensFacade(CallService calls, FacadeOptions options, Clients clients, InstantSource clock) {
        this.calls = calls;
        this.clients = clients;
        this.clock = clock;
        this.path = options.setting(PATH, USUAL_PATH);
        this.names = FieldNames.with(options.setting(NAMES, ""));
    }

    @Override
    public String name() {
        return CequensProfile.NAME;
    }

    @Override
    public List<Place> places() {
        return List.of(
                Place.of("POST", SIGN_IN.getFirst(), this::signIn),
                Place.of("POST", SIGN_IN.getLast(), this::signIn),
                Place.creating("POST", path, this::call));
    }

    @Override
    public List<String> roots() {
        return List.of(SIGN_IN.getFirst(), SIGN_IN.getLast(), path);
    }

    @Override
    public Answer refused(Trouble trouble, Asked asked) {
        Envelope envelope = envelope(asked, NOTHING);
        return switch (trouble) {
            case NO_SUCH_PLACE -> envelope.refused(404, "there is nothing at this path");
            case OTHER_METHOD -> envelope.refused(405, "this path takes POST").with("Allow", "POST");
            case BODY_REFUSED -> envelope.refused(413, "the body is too long, or came too slowly");
            case DRAINING -> envelope.refused(503, "the server is about to stop and takes no new calls");
            case TOO_MANY_GUESSES -> envelope.refused(429, TOO_MANY);
            case BROKEN -> envelope.refused(500, "something broke here; the request may be repeated");
        };
    }

    private Envelope envelope(Asked asked, JsonNode body) {
        return new Envelope(asked.requestId(), body, clock.instant());
    }

    private Answer signIn(Asked asked) throws IOException {
        return withBody(asked, body -> {
            Envelope envelope = envelope(asked, body);
            var problems = new Problems();
            String name = text(body, "userName", problems);
            String secret = text(body, "apiKey", problems);
            if (!problems.isEmpty()) return invalid(problems, envelope);
            return known(clients.know(name, secret, asked.address()), envelope, client -> {
                String token = clients.token(name, TOKEN.toSeconds());
                return envelope.done(
                        "Success", JsonNodeFactory.instance.objectNode().put("access_token", token));
            });
        });
    }

    private static String text(JsonNode body, String name, Problems problems) {
        JsonNode node = body.path(name);
        if (!node.isTextual() || node.textValue().isBlank()) problems.add(name, "is required");
        return node.asText("");
    }

    private Answer call(Asked asked) throws IOException {
        Matcher bearer = BEARER.matcher(asked.header("Authorization").orElse(""));
        Guess guess = bearer.matches() ? clients.knowToken(bearer.group(1), asked.address()) : new Guess.Unknown();
        return known(
                guess,
                envelope(asked, NOTHING),
                client -> withBody(asked, body -> call(client, body, envelope(asked, body))));
    }

    /** What is done for whom we know, or for what was read. */
    private interface Then<T> {
        Answer of(T one) throws IOException;
    }

    private static Answer known(Guess guess, Envelope envelope, Then<Client> then) throws IOException {
        return switch (guess) {
            case Guess.Known(Client client) -> then.of(client);
            case Guess.Unknown unknown ->
                envelope.refused(401, "unknown user name and key, or no token of the sign-in step that is good still")
                        .with("WWW-Authenticate", "Bearer");
            case Guess.TooMany many ->
                envelope.refused(429, TOO_MANY).with("Retry-After", Long.toString(many.retryAfterSeconds()));
        };
    }

    private Answer withBody(Asked asked, Then<JsonNode> then) throws IOException {
        JsonNode body;
        try {
            body = JsonText.parse(asked.body().bytes());
        } catch (BadJsonException none) {
            return envelope(asked, NOTHING).refused(400, String.valueOf(none.getMessage()));
        }
        return then.of(body);
    }

    private Answer call(Client client, JsonNode body, Envelope envelope) {
        var problems = new Problems();
        CallWish wish = CallReader.read(body, names, problems);
        if (!problems.isEmpty()) return invalid(problems, envelope);
        try {
            CallRecord call = calls.create(client.account(), List.of(newCall(wish)), Optional.empty())
                    .calls()
                    .getFirst();
            return envelope.done(
                    "Call queued",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("callId", call.id())
                            .put("recipient", wish.recipient()));
        } catch (ServiceException refused) {
            return refused(refused, envelope);
        }
    }

    private static Answer invalid(Problems problems, Envelope envelope) {
        try {
            problems.throwIfAny();
            throw new IllegalStateException("nothing is wrong");
        } catch (ServiceException invalid) {
            return refused(invalid, envelope);
        }
    }

    private static Answer refused(ServiceException refused, Envelope envelope) {
        int status = switch (refused.kind()) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case FORBIDDEN -> 403;
            case TOO_MANY -> 429;
            case UNAVAILABLE -> 503;
        };
        List<Field> fields = refused.fields().stream()
                .map(field -> field.field().startsWith("to.") ? new Field("recipient", field.message()) : field)
                .toList();
        return envelope.refused(status, String.valueOf(refused.getMessage()), fields);
    }

    /** What is wanted, in our own words. */
    static NewCall newCall(CallWish wish) {
        return new NewCall(
                CequensProfile.NAME,
                Optional.empty(),
                new Address(Address.Type.TEL, wish.recipient(), ""),
                Optional.empty(),
                new CallPlan.InlineFlow(CallFlow.actions(wish)),
                wish.timeout(),
                LONGEST_CALL,
                Schedule.NOW,
                CequensProfile.callbacks(wish),
                "",
                wish.metadata(),
                Map.of(CallFlow.WORDS, wish.sayText()),
                Map.of(),
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }
}
