package dev.outdial.server.calls;

import java.util.List;
import java.util.Optional;

/**
 * A credential that somebody wants; parts as in {@link FacadeKeyRecord}.
 *
 * @param account for whom; only {@link AccountRecord#FIRST} may name another than itself
 * @param name one is made up where empty
 * @param secret a password that was chosen, where {@link #CHOOSING} has the facade; a random one is made where empty
 */
public record NewFacadeKey(String account, String facade, Optional<String> name, Optional<Secret> secret) {
    /** All that there are. */
    public static final List<String> FACADES = List.of("neutrino", "cequens", "voipbin", "voice2phone", "bandwidth");

    /** Those whose clients log in by passwords that people choose. */
    public static final List<String> CHOOSING = List.of("voipbin");

    /** Of passwords, in characters. */
    public static final int SHORTEST = 10;

    public static final int LONGEST = 200;
}
