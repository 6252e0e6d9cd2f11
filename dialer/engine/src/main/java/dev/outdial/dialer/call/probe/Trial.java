package dev.outdial.dialer.call.probe;

import dev.outdial.sip.message.Text;
import dev.outdial.sip.transport.ConnectionTrial;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of trying to connect, with what is of interest of the certificate.
 *
 * @param millis how long it took, or until it failed
 * @param failure a sentence that says why there is no connection; empty where there was one
 * @param certificate what the far end showed, trusted or not
 */
record Trial(long millis, Optional<String> failure, Optional<Shown> certificate) {
    private static final int MOST_NAMES = 8;

    /**
     * A certificate.
     *
     * @param names the names and addresses that it is for, as far as it says so, at most 8
     * @param until when it expires
     */
    record Shown(List<String> names, Instant until) {
        /** Takes a copy. */
        Shown {
            names = List.copyOf(names);
        }
    }

    /** The same in what is of interest. */
    static Trial of(ConnectionTrial made) {
        return new Trial(made.millis(), made.failure(), made.certificate().map(Trial::shown));
    }

    private static Shown shown(X509Certificate certificate) {
        return new Shown(names(certificate), certificate.getNotAfter().toInstant());
    }

    /** Each entry is a kind and a value; names, URIs and addresses are texts, the rest is bytes. */
    private static List<String> names(X509Certificate certificate) {
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives == null) {
                return List.of(Text.shown(certificate.getSubjectX500Principal().getName()));
            }
            return alternatives.stream()
                    .filter(entry -> entry.size() > 1 && entry.get(1) instanceof String)
                    .map(entry -> Text.shown(String.valueOf(entry.get(1))))
                    .limit(MOST_NAMES)
                    .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }
}
