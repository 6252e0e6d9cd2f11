package dev.outdial.server.facade.voice2phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.Services;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Client;
import dev.outdial.server.facade.Clients;
import dev.outdial.server.facade.Clients.Guess;
import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.FacadeOptions;
import dev.outdial.server.facade.Place;
import dev.outdial.server.facade.Trouble;
import dev.outdial.server.http.json.Problems;
import dev.outdial.server.http.limit.KeyLimits;
import dev.outdial.server.http.limit.TokenBucket.Rate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Takes calls, and tells where they stand. <b>Threading:</b> any. */
public final class Voice2PhoneFacade implements Facade {
    /** What it is called; also the origin of the calls. */
    public static final String NAME = "voice2phone";

    /** The setting that takes plain HTTP. */
    public static final String ALLOW_HTTP = "allow_http";

    /** The setting of the numbers of statuses. */
    public static final String STATUSES = "statuses";

    /** The setting of how many requests a key may make in a second. */
    public static final String RATE = "requests_per_second";

    /** The setting of how many seconds a call may wait for a free channel. */
    public static final String WAIT = "wait";

    private static final String BASIC = "basic ";
    private static final Duration RING = Duration.ofSeconds(60);
    private static final Duration LONGEST_CALL = Duration.ofHours(1);
    /** Each may wait for seconds, and none of them takes a thread of the machine's. */
    private static final int MOST_AT_ONCE = 1_000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Services services;
    private final Clients clients;
    private final boolean takesHttp;
    private final StatusNumbers statuses;
    private final Optional<KeyLimits> limits;
    private final Starting starting;

    /** @param nanos the monotonic clock */
    public Voice2PhoneFacade(
            Services services, FacadeOptions options, Clients clients, InstantSource clock, LongSupplier nanos) {
        this.services = services;
        this.clients = clients;
        this.takesHttp = Boolean.parseBoolean(options.setting(ALLOW_HTTP, "false"));
        this.statuses = new StatusNumbers(options.setting(STATUSES, ""));
        this.limits = limits(Double.parseDouble(options.setting(RATE, "0")), nanos);
        Duration patience = Duration.ofSeconds(Long.parseLong(options.setting(WAIT, "3")));
        this.starting = new Starting(services.calls(), services.events(), clock, patience);
    }

    private static Optional<KeyLimits> limits(double perSecond, LongSupplier nanos) {
        if (perSecond == 0) return Optional.empty();
        var rate = new Rate(perSecond, Math.max(1, (int) perSecond));
        return Optional.of(new KeyLimits(rate, MOST_AT_ONCE, nanos));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Place> places() {
        return List.of(
                Place.creating("POST", "/call", asked -> known(asked, client -> make(asked, client))),
                Place.of("GET", "/call/{id}", asked -> known(asked, client -> look(asked, client))));
    }

    @Override
    public List<String> roots() {
        return List.of("/call");
    }

    @Override
    public Answer refused(Trouble trouble, Asked asked) {
        if (isPlain(asked)) return onlyByTls();
        return switch (trouble) {
            case NO_SUCH_PLACE, OTHER_METHOD -> said(404, "The requested resource doesn't exist.");
            case BODY_REFUSED -> said(400, "The body is too long, or came too slowly.");
            case DRAINING -> said(503, "The server is about to stop and takes no new calls.");
            case TOO_MANY_GUESSES -> said(429, "Too many requests with a wrong key came from there.");
            case BROKEN -> said(500, "Something broke here; the request may be repeated.");
        };
    }

    private boolean isPlain(Asked asked) {
        return !asked.secure() && !takesHttp;
    }

    private static Answer onlyByTls() {
        return said(403, "All requests must be made over HTTPS.");
    }

    private static Answer said(int status, String message) {
        return Answer.json(status, JsonNodeFactory.instance.objectNode().put("Message", message));
    }

    /** What is done for whom we know. */
    private interface Then {
        Answer of(Client client) throws IOException;
    }

    private Answer known(Asked asked, Then then) throws IOException {
        if (isPlain(asked)) return onlyByTls();
        String key = key(asked.header("Authorization").orElse("").strip());
        Guess guess = key.isEmpty() ? new Guess.Unknown() : clients.know("", key, asked.address());
        return switch (guess) {
            case Guess.Known(Client client) -> limited(client, then);
            case Guess.Unknown unknown ->
                said(401, "No valid API key provided.").with("WWW-Authenticate", "Basic realm=\"voice2phone\"");
            case Guess.TooMany many ->
                said(429, "Too many requests with a wrong key came from there.")
                        .with("Retry-After", Long.toString(many.retryAfterSeconds()));
        };
    }

    /** The user name of Basic, or else the header as it stands. */
    static String key(String authorization) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) return authorization;
        try {
            byte[] pair = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            return new String(pair, StandardCharsets.UTF_8).split(":", 2)[0];
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    private Answer limited(Client client, Then then) throws IOException {
        if (limits.isEmpty()) return then.of(client);
        String user = client.account() + " " + client.name();
        return switch (limits.get().enter(user)) {
            case KeyLimits.Entry.Admitted admitted -> {
                try {
                    yield then.of(client);
                } finally {
                    limits.get().leave(user);
                }
            }
            case KeyLimits.Entry.TooFast fast ->
                said(429, "Too many requests hit the API too quickly.")
                        .with("Retry-After", Long.toString(fast.retryAfterSeconds()));
            case KeyLimits.Entry.TooMany many ->
                said(429, "Too many requests hit the API too quickly.").with("Retry-After", "1");
        };
    }

    private Answer make(Asked asked, Client client) throws IOException {
        Optional<JsonNode> body = LenientJson.read(asked.body().bytes());
        if (body.isEmpty()) return said(400, "The body is not JSON.");
        var problems = new Problems();
        CallWish wish = CallReader.read(body.get(), problems);
        try {
            problems.throwIfAny();
            String id = services.calls()
                    .create(client.account(), List.of(newCall(wish)), Optional.empty())
                    .calls()
                    .getFirst()
                    .id();
            return answer(id, starting.await(client.account(), id));
        } catch (ServiceException refused) {
            return refused(refused);
        }
    }

    private static Answer answer(String id, FirstSign sign) {
        return switch (sign) {
            case GOES, NONE ->
                Answer.json(200, JsonNodeFactory.instance.objectNode().put("CallId", id));
            case REFUSED -> said(402, "The call was refused at once: by the trunk, or by a rule of who may be called.");
            case NOT_DIALLED -> said(402, "No channel is free; the call was not placed.");
        };
    }

    private static Answer refused(ServiceException refused) {
        String message = refused.fields().isEmpty()
                ? String.valueOf(refused.getMessage())
                : refused.fields().stream()
                        .map(field -> field.field() + " " + field.message())
                        .reduce((one, other) -> one + "; " + other)
                        .orElseThrow();
        return switch (refused.kind()) {
            case INVALID -> said(400, message);
            case NOT_FOUND -> said(404, "The requested resource doesn't exist.");
            case CONFLICT, FORBIDDEN -> said(402, message);
            case TOO_MANY -> said(429, message);
            case UNAVAILABLE -> said(503, message);
        };
    }

    private Answer look(Asked asked, Client client) {
        try {
            CallRecord call = services.calls().get(client.account(), asked.name("id"));
            return call.origin().equals(NAME)
                    ? Answer.json(200, view(call))
                    : said(404, "The requested resource doesn't exist.");
        } catch (ServiceException refused) {
            return refused(refused);
        }
    }

    private ObjectNode view(CallRecord call) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("CallId", call.id())
                .put("Status", statuses.of(call))
                .put("CreatedDateUtc", time(call.created()))
                .put("UpdatedDateUtc", time(call.updated()));
        return view.put("Dtmf", CallFlow.key(call.variables(), call.digitsAll()).orElse(null));
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }

    /** What is wanted, in our own words. */
    static NewCall newCall(CallWish wish) {
        return new NewCall(
                NAME,
                Optional.empty(),
                new Address(Address.Type.TEL, wish.number(), ""),
                Optional.empty(),
                new CallPlan.InlineFlow(CallFlow.actions(wish)),
                RING,
                LONGEST_CALL,
                Schedule.NOW,
                Optional.empty(),
                "",
                "",
                CallFlow.variables(wish),
                Map.of(),
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }
}
