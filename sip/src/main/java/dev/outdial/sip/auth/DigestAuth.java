package dev.outdial.sip.auth;

import dev.outdial.sip.auth.Challenge.Asker;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers Digest challenges (RFC 3261 section 22, RFC 7616, RFC 8760) and remembers the nonces, so that later requests of the same
 * registration or session need not be challenged first. Immutable; draws no random numbers: the cnonce is given.
 *
 * <p>Only one realm is ever answered: the configured one, or the first that asks. Of several challenges by the same asker the
 * topmost that can be answered is taken: the server puts what it prefers, which is its strongest, on top (RFC 8760 section 2.3), and an
 * order of our own would only help whoever can rewrite the challenges anyway. A request is sent with credentials at most twice.
 *
 * <p>The user name goes out as it is, in UTF-8, also to a server that would take its hash ({@code userhash}, RFC 7616 section 3.4.4: may, not
 * must). {@code domain} has no meaning in SIP (RFC 3261 section 22.4). A nonce has no age here: the server says when it is stale.
 */
public final class DigestAuth {
    private static final int TRIES = 2;

    private final Optional<Credentials> credentials;
    private final Optional<String> realm;
    private final Map<Asker, Nonce> nonces;

    private record Nonce(Challenge challenge, int count, String firstCnonce) {
        Nonce next(String drawn) {
            return new Nonce(challenge, count + 1, count == 0 ? drawn : firstCnonce);
        }

        // RFC 7616 3.5: the next request is the first with it.
        Nonce replaced(String next) {
            return next.equals(challenge.nonce()) ? this : new Nonce(challenge.withNonce(next), 0, "");
        }

        // RFC 7616 3.4.2: the secret of a -sess algorithm is made with the first cnonce for as long as the nonce
        // serves. Those that compute it anew with each request agree as long as no other is ever sent.
        String cnonce(String drawn) {
            return challenge.algorithm().session() ? firstCnonce : drawn;
        }
    }

    private DigestAuth(Optional<Credentials> credentials, Optional<String> realm, Map<Asker, Nonce> nonces) {
        this.credentials = credentials;
        this.realm = realm;
        this.nonces = nonces;
    }

    /** For an account that has, or lacks, credentials. */
    public static DigestAuth of(Optional<Credentials> credentials) {
        return new DigestAuth(credentials, credentials.flatMap(Credentials::realm), Map.of());
    }

    /** What is to be signed. */
    public record Signed(String method, String uri, Optional<MessageBody> body) {}

    /** How often a request has been sent with credentials because it was challenged, and for whom. */
    public record Tries(int count, boolean server, boolean proxy) {
        /** Not challenged yet. */
        public static final Tries NONE = new Tries(0, false, false);

        private boolean answered(Asker asker) {
            return switch (asker) {
                case SERVER -> server;
                case PROXY -> proxy;
            };
        }

        private Tries and(Asker asker) {
            return new Tries(count, server || asker == Asker.SERVER, proxy || asker == Asker.PROXY);
        }
    }

    /** What to do about a challenge. */
    public sealed interface Outcome {
        /**
         * Send the request again.
         *
         * @param auth to be used from now on
         * @param tries to be given when this request is challenged again
         * @param headers the credentials
         */
        record Answer(DigestAuth auth, Tries tries, List<Header> headers) implements Outcome {}

        /**
         * Give up.
         *
         * @param why a sentence for a person
         */
        record GiveUp(String why) implements Outcome {}
    }

    /** The credentials for the next request, with the nonces known; without headers where none is known. */
    public Outcome.Answer authorize(Signed request, String cnonce) {
        var next = new EnumMap<Asker, Nonce>(Asker.class);
        nonces.forEach((asker, nonce) -> next.put(asker, nonce.next(cnonce)));
        return new DigestAuth(credentials, realm, next).sign(request, cnonce, Tries.NONE);
    }

    /** What a response with success leaves behind: the nonce that the far end wants to see next (RFC 7616 section 3.5), where it names one. */
    public DigestAuth taught(Headers response) {
        if (nonces.isEmpty()) return this;
        var next = new EnumMap<Asker, Nonce>(nonces);
        nonces.forEach((asker, nonce) ->
                Challenge.nextNonce(asker, response).ifPresent(text -> next.put(asker, nonce.replaced(text))));
        return new DigestAuth(credentials, realm, next);
    }

    /** Answers the challenges of a 401 or 407. */
    public Outcome answer(Headers response, Tries tries, Signed request, String cnonce) {
        List<Challenge> challenges = Challenge.in(response);
        if (challenges.isEmpty())
            return new Outcome.GiveUp("the far end asks for credentials in a way that is not supported");
        if (credentials.isEmpty()) {
            return new Outcome.GiveUp("the far end asks for credentials of realm "
                    + challenges.getFirst().realm() + " and none are configured");
        }
        String answered = realm.orElse(challenges.getFirst().realm());
        var next = new EnumMap<Asker, Nonce>(Asker.class);
        // A proxy that let us pass sees the request once more: its nonce counts on.
        nonces.forEach((asker, nonce) -> next.put(asker, nonce.next(cnonce)));
        Tries nextTries = new Tries(tries.count() + 1, tries.server(), tries.proxy());
        boolean found = false;
        for (Asker asker : Asker.values()) {
            Optional<Challenge> topmost = challenges.stream()
                    .filter(c -> c.asker() == asker && c.realm().equals(answered))
                    .findFirst();
            if (topmost.isEmpty()) continue;
            Challenge challenge = topmost.get();
            if (tries.answered(asker) && !challenge.stale()) return wrong(answered);
            next.put(asker, new Nonce(challenge, 1, cnonce));
            nextTries = nextTries.and(asker);
            found = true;
        }
        if (!found) {
            return new Outcome.GiveUp("realm " + challenges.getFirst().realm()
                    + " asks for credentials, which are for realm " + answered);
        }
        if (nextTries.count() > TRIES) return wrong(answered);
        return new DigestAuth(credentials, Optional.of(answered), next).sign(request, cnonce, nextTries);
    }

    private static Outcome wrong(String realm) {
        return new Outcome.GiveUp("realm " + realm + " does not accept the user name or password");
    }

    private Outcome.Answer sign(Signed request, String cnonce, Tries tries) {
        var headers = new ArrayList<Header>();
        nonces.forEach((asker, nonce) -> headers.add(DigestResponse.header(
                nonce.challenge(),
                credentials.orElseThrow(),
                nonce.count(),
                nonce.cnonce(cnonce),
                request.method(),
                request.uri(),
                request.body())));
        return new Outcome.Answer(this, tries, List.copyOf(headers));
    }

    @Override
    public String toString() {
        return "DigestAuth[realm=" + realm.orElse("any") + ", nonces=" + nonces.size() + "]";
    }
}
