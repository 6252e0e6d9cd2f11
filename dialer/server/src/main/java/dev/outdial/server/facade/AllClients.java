package dev.outdial.server.facade;

import dev.outdial.server.calls.FacadeKeyService;
import dev.outdial.server.calls.NewFacadeKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Those of the configuration first, then those of the store. Who guesses often is told so; passwords that people choose are not even looked at
 * then, right ones neither. Random secrets and tokens are: nobody guesses them, and many may come from the one address of a proxy.
 * <b>Threading:</b> any.
 */
public final class AllClients implements Clients {
    private final List<Clients> all;
    private final GuessLimit guesses;
    private final boolean hasPasswords;

    /**
     * Of one facade.
     *
     * @param clock by which tokens end
     * @param guesses of all facades together
     */
    public AllClients(
            String facade, FacadeOptions options, FacadeKeyService keys, InstantSource clock, GuessLimit guesses) {
        this.all = List.of(new ConfiguredClients(options.credentials(), clock), new KeptClients(keys, facade, clock));
        this.guesses = guesses;
        this.hasPasswords = NewFacadeKey.CHOOSING.contains(facade);
    }

    @Override
    public Guess know(String name, String secret, String address) {
        return guessed(address, hasPasswords && !name.isEmpty(), clients -> clients.know(name, secret, address));
    }

    @Override
    public Guess knowToken(String token, String address) {
        return guessed(address, false, clients -> clients.knowToken(token, address));
    }

    private Guess guessed(String address, boolean isPassword, Function<Clients, Guess> looking) {
        long wait = guesses.waitSeconds(address);
        if (isPassword && wait > 0) return new Guess.TooMany(wait);
        for (Clients clients : all) {
            if (looking.apply(clients) instanceof Guess.Known known) return known;
        }
        if (wait > 0) return new Guess.TooMany(wait);
        guesses.wrong(address);
        return new Guess.Unknown();
    }

    @Override
    public Optional<Client> named(String name) {
        return all.stream().flatMap(clients -> clients.named(name).stream()).findFirst();
    }

    @Override
    public String token(String name, long seconds) {
        return all.stream()
                .filter(clients -> clients.named(name).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody has that name"))
                .token(name, seconds);
    }
}
