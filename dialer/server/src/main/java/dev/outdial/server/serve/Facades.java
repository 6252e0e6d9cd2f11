package dev.outdial.server.serve;

import dev.outdial.server.calls.Services;
import dev.outdial.server.facade.AllClients;
import dev.outdial.server.facade.Clients;
import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.FacadeOptions;
import dev.outdial.server.facade.GuessLimit;
import dev.outdial.server.facade.Mount;
import dev.outdial.server.facade.bandwidth.Bandwidth;
import dev.outdial.server.facade.bandwidth.BandwidthProfile;
import dev.outdial.server.webhook.Profile;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The APIs that are answered as other systems do. */
final class Facades {
    private static final Map<String, Maker> MAKERS = Map.of(Bandwidth.NAME, Bandwidth::of);

    private static final Map<String, Profile> PROFILES = Map.of(BandwidthProfile.NAME, new BandwidthProfile());

    private Facades() {}

    private interface Maker {
        Facade make(Services services, FacadeOptions options, Clients clients);
    }

    /** Those that are switched on. */
    static List<Mount> of(Services services, Map<String, FacadeOptions> options) {
        var guesses = new GuessLimit(System::nanoTime);
        return MAKERS.entrySet().stream()
                .filter(maker -> options.getOrDefault(maker.getKey(), FacadeOptions.STANDARD)
                        .enabled())
                .map(maker -> {
                    FacadeOptions own = options.getOrDefault(maker.getKey(), FacadeOptions.STANDARD);
                    var clients =
                            new AllClients(maker.getKey(), own, services.facadeKeys(), InstantSource.system(), guesses);
                    return new Mount(maker.getValue().make(services, own, clients), own);
                })
                .toList();
    }

    /** Those that there are, whether they are switched on or not. */
    static Set<String> names() {
        return MAKERS.keySet();
    }

    /** Who renders their events, by their names. */
    static Map<String, Profile> profiles() {
        return PROFILES;
    }
}
