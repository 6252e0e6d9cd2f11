package dev.outdial.media.srtp;

/**
 * The keys of an encrypted session; both are of one suite.
 *
 * @param send what we encrypt with: the key of our own description
 * @param receive what the far end encrypts with: the key of its description
 */
public record SrtpTerms(SrtpKey send, SrtpKey receive) {
    public SrtpTerms {
        if (send.suite() != receive.suite())
            throw new IllegalArgumentException("sent with " + send.suite() + ", received with " + receive.suite());
    }
}
