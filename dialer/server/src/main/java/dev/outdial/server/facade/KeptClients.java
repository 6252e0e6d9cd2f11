package dev.outdial.server.facade;

import dev.outdial.server.calls.FacadeKeyService;
import dev.outdial.server.calls.FacadeKeyService.Held;
import dev.outdial.server.calls.NewFacadeKey;
import dev.outdial.server.calls.SecretHash;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Those whose credentials the store keeps. <b>Threading:</b> any; a password that somebody chose takes a fifth of a second to compare. */
final class KeptClients implements Clients {
    /** Passwords are compared one at a time: who sends many keeps one processor busy and not all. */
    private static final Semaphore TURN = new Semaphore(1, true);

    private final FacadeKeyService keys;
    private final String facade;
    private final InstantSource clock;
    /** Compared with where there is nothing to compare with, so that it cannot be told by the time. */
    private final Optional<SecretHash> nobodys;

    /** @param clock by which tokens end */
    KeptClients(FacadeKeyService keys, String facade, InstantSource clock) {
        this.keys = keys;
        this.facade = facade;
        this.clock = clock;
        this.nobodys = NewFacadeKey.CHOOSING.contains(facade)
                ? Optional.of(SecretHash.chosen("nobody's", new SecureRandom()))
                : Optional.empty();
    }

    @Override
    public Guess know(String name, String secret, String address) {
        return held(name, secret)
                .<Guess>map(held -> new Guess.Known(client(held)))
                .orElseGet(Guess.Unknown::new);
    }

    private Optional<Held> held(String name, String secret) {
        if (secret.isEmpty() || secret.length() > NewFacadeKey.LONGEST) return Optional.empty();
        if (name.isEmpty()) return keys.withHash(facade, SecretHash.random(secret));
        Optional<Held> held = keys.find(facade, name);
        if (held.isPresent()) return held.filter(one -> isOf(one.hash(), secret));
        nobodys.ifPresent(hash -> isOf(hash, secret));
        return Optional.empty();
    }

    private static boolean isOf(SecretHash hash, String secret) {
        if (!hash.isChosen()) return hash.isOf(secret);
        TURN.acquireUninterruptibly();
        try {
            return hash.isOf(secret);
        } finally {
            TURN.release();
        }
    }

    @Override
    public Optional<Client> named(String name) {
        return keys.find(facade, name).map(KeptClients::client);
    }

    @Override
    public String token(String name, long seconds) {
        Held held = keys.find(facade, name).orElseThrow(() -> new IllegalArgumentException("nobody has that name"));
        return Tokens.make(held.key().name(), clock.instant().getEpochSecond() + seconds, signingKey(held));
    }

    @Override
    public Guess knowToken(String token, String address) {
        return Tokens.parse(token)
                .flatMap(parsed -> keys.find(facade, parsed.name())
                        .filter(held -> parsed.isGood(signingKey(held), clock.instant())))
                .<Guess>map(held -> new Guess.Known(client(held)))
                .orElseGet(Guess.Unknown::new);
    }

    /** It is another one when the name is given to somebody else. */
    private String signingKey(Held held) {
        return facade + " " + held.key().id() + " " + held.hash().text();
    }

    private static Client client(Held held) {
        return new Client(held.key().account(), held.key().name());
    }
}
