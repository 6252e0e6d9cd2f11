package dev.outdial.server.facade.voipbin;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Client;
import dev.outdial.server.facade.Clients;
import dev.outdial.server.facade.Clients.Guess;
import dev.outdial.server.facade.voipbin.Refusal.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Knows who asks: by a token, as {@code ?token=}, {@code Cookie: token=} or {@code Authorization: Bearer}, or by an access key, as {@code
 * ?accesskey=}. One in the place of the other is not taken. <b>Threading:</b> any.
 */
final class Gate {
    static final String ACCESS_KEY = "accesskey";
    private static final String TOKEN = "token";
    private static final String BEARER = "bearer ";

    private final Clients clients;
    private final KeyService keys;
    private final InstantSource clock;

    Gate(Clients clients, KeyService keys, InstantSource clock) {
        this.clients = clients;
        this.keys = keys;
        this.clock = clock;
    }

    /** Too many wrong ones came from there. */
    static final class TooManyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final long retryAfterSeconds;

        TooManyException(long retryAfterSeconds) {
            super("too many wrong credentials");
            this.retryAfterSeconds = retryAfterSeconds;
        }
    }

    /** @param needed what it is to be allowed */
    Who admit(Asked asked, Scope needed) {
        Who who = who(asked);
        if (!who.scope().covers(needed)) {
            throw new Refusal(
                    Status.PERMISSION_DENIED, "PERMISSION_DENIED", "this needs a key with the scope " + needed.word());
        }
        return who;
    }

    private Who who(Asked asked) {
        Optional<String> token = asked.query(TOKEN);
        Optional<String> key = asked.query(ACCESS_KEY);
        if (token.isEmpty() && key.isPresent()) return byKey(key.get(), asked.address());
        return token.or(() -> asked.header("Authorization").flatMap(Gate::bearer))
                .or(() -> cookie(asked.headers().getOrDefault("cookie", List.of())))
                .map(shown -> known(clients.knowToken(shown, asked.address())))
                .orElseThrow(
                        () -> new Refusal(
                                Status.UNAUTHENTICATED,
                                "AUTHENTICATION_REQUIRED",
                                "a token is needed, as ?token=, Cookie: token= or Authorization: Bearer, or an access key, as ?accesskey="));
    }

    private Who byKey(String text, String address) {
        Optional<Who> ours = AccessKey.parse(text).flatMap(this::held);
        return ours.orElseGet(() -> known(clients.know("", text, address)));
    }

    /** One of our own; those for some networks alone are the native API's. */
    private Optional<Who> held(AccessKey key) {
        Instant now = clock.instant();
        return keys.find(key.prefix())
                .filter(held -> key.hasHash(held.hash()))
                .map(KeyService.Held::key)
                .filter(known -> known.expires().map(now::isBefore).orElse(true))
                .filter(known -> known.networks().isEmpty())
                .map(Gate::who);
    }

    private static Who who(AccessKeyRecord key) {
        return new Who(key.account(), key.scope());
    }

    /** By name and password. */
    Client login(String name, String password, String address) {
        return switch (name.isEmpty() ? new Guess.Unknown() : clients.know(name, password, address)) {
            case Guess.Known(Client client) -> client;
            case Guess.Unknown unknown -> throw wrong();
            case Guess.TooMany(long seconds) -> throw new TooManyException(seconds);
        };
    }

    private static Who known(Guess guess) {
        return switch (guess) {
            case Guess.Known(Client client) -> new Who(client.account(), Scope.ADMIN);
            case Guess.Unknown unknown -> throw wrong();
            case Guess.TooMany(long seconds) -> throw new TooManyException(seconds);
        };
    }

    private static Refusal wrong() {
        return new Refusal(Status.UNAUTHENTICATED, "INVALID_CREDENTIALS", "these credentials are not known here");
    }

    private static Optional<String> bearer(String header) {
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(header.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> cookie(List<String> headers) {
        for (String header : headers) {
            for (String cookie : header.split(";")) {
                String[] parts = cookie.strip().split("=", 2);
                if (parts.length == 2 && parts[0].equals(TOKEN)) return Optional.of(parts[1].strip());
            }
        }
        return Optional.empty();
    }
}
