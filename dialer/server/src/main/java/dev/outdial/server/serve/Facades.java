package dev.outdial.server.serve;

import dev.outdial.server.calls.Services;
import dev.outdial.server.dashboard.Dashboard;
import dev.outdial.server.facade.AllClients;
import dev.outdial.server.facade.Clients;
import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.FacadeOptions;
import dev.outdial.server.facade.GuessLimit;
import dev.outdial.server.facade.Mount;
import dev.outdial.server.facade.bandwidth.Bandwidth;
import dev.outdial.server.facade.bandwidth.BandwidthProfile;
import dev.outdial.server.facade.cequens.CequensFacade;
import dev.outdial.server.facade.cequens.CequensProfile;
import dev.outdial.server.facade.neutrino.NeutrinoFacade;
import dev.outdial.server.facade.voice2phone.Voice2PhoneFacade;
import dev.outdial.server.facade.voipbin.VoipbinFacade;
import dev.outdial.server.facade.voipbin.VoipbinProfile;
import dev.outdial.server.webhook.Profile;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The APIs that are answered as other systems do. */
final class Facades {
    private static final Map<String, Maker> MAKERS = Map.of(
            CequensProfile.NAME,
            (services, options, clients, clock) -> new CequensFacade(services.calls(), options, clients, clock),
            Voice2PhoneFacade.NAME,
            (services, options, clients, clock) ->
                    new Voice2PhoneFacade(services, options, clients, clock, System::nanoTime),
            "neutrino",
            (services, options, clients, clock) -> new NeutrinoFacade(services, options, clients),
            Bandwidth.NAME,
            (services, options, clients, clock) -> Bandwidth.of(services, options, clients),
            VoipbinFacade.NAME,
            VoipbinFacade::new);

    private static final Map<String, Profile> PROFILES = Map.of(
            CequensProfile.NAME,
            new CequensProfile(),
            BandwidthProfile.NAME,
            new BandwidthProfile(),
            VoipbinFacade.NAME,
            new VoipbinProfile());

    private Facades() {}

    private interface Maker {
        Facade make(Services services, FacadeOptions options, Clients clients, InstantSource clock);
    }

    /** Those that are switched on. @param clock by which tokens end */
    static List<Mount> of(Services services, Map<String, FacadeOptions> options, InstantSource clock) {
        var guesses = new GuessLimit(System::nanoTime);
        return MAKERS.entrySet().stream()
                .filter(maker -> options.getOrDefault(maker.getKey(), FacadeOptions.STANDARD)
                        .enabled())
                .map(maker -> {
                    FacadeOptions own = options.getOrDefault(maker.getKey(), FacadeOptions.STANDARD);
                    var clients = new AllClients(maker.getKey(), own, services.facadeKeys(), clock, guesses);
                    return new Mount(maker.getValue().make(services, own, clients, clock), own);
                })
                .toList();
    }

    /** The pages, where they are switched on. @param isLoopback whether calls reach nobody outside */
    static List<Mount> dashboard(
            Services services, Map<String, FacadeOptions> options, boolean isLoopback, InstantSource clock) {
        FacadeOptions own = options.getOrDefault(Dashboard.NAME, FacadeOptions.STANDARD);
        return own.enabled()
                ? List.of(new Mount(
                        new Dashboard(services, isLoopback, clock, System::nanoTime, new SecureRandom()), own))
                : List.of();
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
