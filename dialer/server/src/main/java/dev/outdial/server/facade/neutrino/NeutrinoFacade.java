package dev.outdial.server.facade.neutrino;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.AccountService;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Kind;
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
import dev.outdial.server.http.limit.TokenBucket.Rate;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Neutrino's telephony API. <b>Threading:</b> any; requests in excess wait for their turn on their own virtual threads. */
public final class NeutrinoFacade implements Facade {
    static final String NAME = "neutrino";

    private static final Rate RATE = new Rate(2, 2);
    private static final int TOGETHER = 10;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Map<String, Endpoint> endpoints;
    private final AccountService accounts;
    private final Clients clients;
    private final Turns turns = new Turns(RATE, TOGETHER, LONGEST_WAIT, System::nanoTime);

    /** @param options it has no settings of its own */
    public NeutrinoFacade(Services services, FacadeOptions options, Clients clients) {
        var codes = new SecurityCodes(services.counters());
        var random = new SecureRandom();
        this.endpoints = Map.of(
                "/phone-playback",
                new PhonePlayback(services),
                "/phone-validate",
                new PhoneValidate(services),
                "/phone-verify",
                new PhoneVerify(services, codes, length -> digits(random, length)),
                "/verify-security-code",
                new VerifySecurityCode(codes));
        this.accounts = services.accounts();
        this.clients = clients;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Place> places() {
        return endpoints.entrySet().stream()
                .flatMap(endpoint -> Stream.of("GET", "POST")
                        .map(method -> new Place(
                                method,
                                endpoint.getKey(),
                                endpoint.getValue().placesCalls(),
                                asked -> answer(asked, endpoint.getValue()))))
                .toList();
    }

    private static String digits(SecureRandom random, int length) {
        return random.ints(length, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    @Override
    public List<String> roots() {
        return List.copyOf(endpoints.keySet());
    }

    @Override
    public Answer refused(Trouble trouble, Asked asked) {
        ApiError error = switch (trouble) {
            case NO_SUCH_PLACE, OTHER_METHOD -> ApiError.NO_ENDPOINT;
            case BODY_REFUSED -> ApiError.TOO_LARGE;
            case DRAINING -> ApiError.MAINTENANCE;
            case TOO_MANY_GUESSES -> ApiError.ACCESS_FORBIDDEN;
            case BROKEN -> ApiError.INTERNAL;
        };
        return new Refusal(error).answer(Casing.of(Parameters.of(asked.query())));
    }

    private Answer answer(Asked asked, Endpoint endpoint) throws IOException {
        Parameters query = Parameters.of(asked.query());
        Parameters all = query;
        Optional<Refusal> unreadable = Optional.empty();
        if (!asked.method().equals("GET")) {
            try {
                byte[] body = asked.body().bytes();
                all = Parameters.read(asked.header("Content-Type").orElse(""), body)
                        .over(query);
            } catch (Refusal refusal) {
                unreadable = Optional.of(refusal);
            }
        }
        Casing casing = Casing.of(all);
        try {
            // Who may not ask is not told what is wrong with the question.
            Client client = known(asked, all);
            if (unreadable.isPresent()) throw unreadable.get();
            return Answer.json(200, casing.of(inTurn(client, endpoint, all)));
        } catch (Refusal refusal) {
            return refusal.answer(casing);
        }
    }

    private Client known(Asked asked, Parameters parameters) throws Refusal {
        Credentials shown = Credentials.of(asked, parameters);
        if (shown.user().isEmpty() || shown.key().isEmpty()) throw new Refusal(ApiError.ACCESS_FORBIDDEN);
        return switch (clients.know(shown.user(), shown.key(), asked.address())) {
            case Guess.Known known -> known.client();
            case Guess.Unknown unknown -> throw new Refusal(ApiError.ACCESS_FORBIDDEN);
            case Guess.TooMany tooMany ->
                throw new Refusal(
                        ApiError.ACCESS_FORBIDDEN,
                        "too many wrong ones came from there; try again in " + tooMany.retryAfterSeconds() + " s");
        };
    }

    private ObjectNode inTurn(Client client, Endpoint endpoint, Parameters parameters) throws Refusal {
        String user = client.account() + " " + client.name();
        switch (turns.enter(user)) {
            case Turns.Turn.TooMany tooMany -> throw new Refusal(ApiError.TOO_MANY_CONNECTIONS);
            case Turns.Turn.TooLong tooLong -> throw new Refusal(ApiError.NOT_RESPONDING);
            case Turns.Turn.After after -> {
                try {
                    TimeUnit.NANOSECONDS.sleep(after.waitNanos());
                    requireAllowed(accounts.get(client.account(), client.account()));
                    return endpoint.answer(client, parameters);
                } catch (InterruptedException ending) {
                    Thread.currentThread().interrupt();
                    throw new Refusal(ApiError.MAINTENANCE);
                } catch (ServiceException trouble) {
                    throw refusal(trouble);
                } finally {
                    turns.leave(user);
                }
            }
        }
    }

    /** What an account has to be for its calls. */
    static void requireAllowed(AccountRecord account) throws Refusal {
        if (!account.enabled()) throw new Refusal(ApiError.ACCESS_DENIED);
        if (!account.verified()) throw new Refusal(ApiError.NOT_VERIFIED);
        if (!account.telephony()) throw new Refusal(ApiError.TELEPHONY_NOT_ENABLED);
    }

    /** What services do not do: telephony may have been switched off this moment, the store may be away. Else it is our fault. */
    private static Refusal refusal(ServiceException trouble) {
        if (trouble.kind() == Kind.FORBIDDEN) return new Refusal(ApiError.TELEPHONY_NOT_ENABLED);
        if (trouble.kind() == Kind.UNAVAILABLE) return new Refusal(ApiError.INTERNAL);
        throw trouble;
    }
}
