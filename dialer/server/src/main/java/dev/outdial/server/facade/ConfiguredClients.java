package dev.outdial.server.facade;

import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.facade.FacadeOptions.Credential;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Those that the configuration names, all of the first account. <b>Threading:</b> any. */
public final class ConfiguredClients implements Clients {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

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
        String said = TEXT.encodeToString(
                (clock.instant().getEpochSecond() + seconds + ":" + name).getBytes(StandardCharsets.UTF_8));
        return said + "." + signature(said, secret);
    }

    @Override
    public Guess knowToken(String token, String address) {
        int dot = token.indexOf('.');
        if (dot < 0) return new Guess.Unknown();
        String said = token.substring(0, dot);
        String[] parts;
        try {
            parts = new String(Base64.getUrlDecoder().decode(said), StandardCharsets.UTF_8).split(":", 2);
        } catch (IllegalArgumentException none) {
            return new Guess.Unknown();
        }
        if (parts.length < 2 || !parts[0].matches("\\d{1,12}")) return new Guess.Unknown();
        return credential(parts[1])
                .filter(one -> isEqual(signature(said, one.secret()), token.substring(dot + 1)))
                .filter(one -> clock.instant().getEpochSecond() < Long.parseLong(parts[0]))
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

    private static String signature(String said, Secret secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return TEXT.encodeToString(mac.doFinal(said.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
