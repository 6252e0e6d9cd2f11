package dev.outdial.server.facade;

import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.facade.FacadeOptions.Credential;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Those that the configuration names, all of the first account. <b>Threading:</b> any. */
public final class ConfiguredClients implements Clients {
    private final List<Credential> credentials;
    private final InstantSource clock;

    /** @param clock by which tokens end */
    public ConfiguredClients(List<Credential> credentials, InstantSource clock) {
        this.credentials = List.copyOf(credentials);
        this.clock = clock;
    }

    @Override
    public Guess know(String name, String secret, String address) {
        Optional<Credential> known = Optional.empty();
        for (Credential one : credentials) {
            boolean isSecret = isEqual(one.secret().value(), secret);
            if (isSecret && (name.isEmpty() || one.name().equals(name))) known = Optional.of(one);
        }
        return known.<Guess>map(one -> new Guess.Known(client(one))).orElseGet(Guess.Unknown::new);
    }

    @Override
    public Optional<Client> named(String name) {
        return credential(name).map(ConfiguredClients::client);
    }

    @Override
    public String token(String name, long seconds) {
        Secret secret = credential(name)
                .orElseThrow(() -> new IllegalArgumentException("nobody has that name"))
                .secret();
        return Tokens.make(name, clock.instant().getEpochSecond() + seconds, secret.value());
    }

    @Override
    public Guess knowToken(String token, String address) {
        return Tokens.parse(token)
                .flatMap(parsed -> credential(parsed.name())
                        .filter(one -> parsed.isGood(one.secret().value(), clock.instant())))
                .<Guess>map(one -> new Guess.Known(client(one)))
                .orElseGet(Guess.Unknown::new);
    }

    private Optional<Credential> credential(String name) {
        return credentials.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    private static Client client(Credential one) {
        return new Client(AccountRecord.FIRST, one.name());
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
