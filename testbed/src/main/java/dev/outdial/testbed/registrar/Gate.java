package dev.outdial.testbed.registrar;

import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.message.DigestChallenge;
import dev.outdial.testbed.message.DigestCredentials;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks for passwords and checks them. Deterministic but for the nonces that it is given. <b>Threading:</b> one owner. */
public final class Gate {
    private static final int MOST_NONCES = 10_000;

    /** What the gate says to a request. */
    public sealed interface Verdict {
        /** That user may pass. */
        record Passed(String user) implements Verdict {}

        /** The request has to come again with an answer to this. */
        record Challenged(DigestChallenge challenge) implements Verdict {}
    }

    private static final class Issued {
        private final long atNanos;
        private String lastCount = "";

        private Issued(long atNanos) {
            this.atNanos = atNanos;
        }
    }

    private final String realm;
    private final Map<String, String> passwords;
    private final DigestAlgorithm algorithm;
    private final long nonceLifeNanos;
    private final Supplier<String> nonces;
    private final LinkedHashMap<String, Issued> issued = new LinkedHashMap<>();

    /**
     * A gate.
     *
     * @param passwords by user
     * @param nonceLifeNanos how long a nonce may be used
     * @param nonces where new ones come from
     */
    public Gate(
            String realm,
            Map<String, String> passwords,
            DigestAlgorithm algorithm,
            long nonceLifeNanos,
            Supplier<String> nonces) {
        this.realm = realm;
        this.passwords = Map.copyOf(passwords);
        this.algorithm = algorithm;
        this.nonceLifeNanos = nonceLifeNanos;
        this.nonces = nonces;
    }

    /**
     * Judges a request of that method by the value of its Authorization or Proxy-Authorization. A wrong password is challenged again; a right one with an
     * old nonce too, with {@code stale=true}.
     */
    public Verdict judge(Optional<String> authorization, String method, long nowNanos) {
        var credentials = authorization
                .flatMap(DigestCredentials::parse)
                .filter(c -> c.realm().equals(realm) && c.algorithm() == algorithm && proves(c, method));
        if (credentials.isEmpty()) return challenge(false, nowNanos);
        var known = issued.get(credentials.get().nonce());
        if (known == null || nowNanos - known.atNanos > nonceLifeNanos) return challenge(true, nowNanos);
        // A count that went backwards is somebody repeating what was overheard; the same count is a retransmission.
        var count = credentials.get().nonceCount();
        if (count.compareTo(known.lastCount) < 0) return challenge(true, nowNanos);
        known.lastCount = count;
        return new Verdict.Passed(credentials.get().user());
    }

    private boolean proves(DigestCredentials credentials, String method) {
        var password = passwords.get(credentials.user());
        return password != null && credentials.provesPassword(password, method);
    }

    private Verdict challenge(boolean stale, long nowNanos) {
        var nonce = nonces.get();
        issued.put(nonce, new Issued(nowNanos));
        if (issued.size() > MOST_NONCES) issued.pollFirstEntry();
        return new Verdict.Challenged(new DigestChallenge(realm, nonce, algorithm, true, stale, ""));
    }
}
