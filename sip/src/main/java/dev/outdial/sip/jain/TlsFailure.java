package dev.outdial.sip.jain;

import dev.outdial.sip.message.Text;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in a sentence why a TLS handshake failed. */
final class TlsFailure {
    private static final int LONGEST_CHAIN = 16;

    private TlsFailure() {}

    /**
     * The sentence.
     *
     * @param name whom we wanted to speak to
     */
    static String sentence(Throwable failure, String name) {
        List<Throwable> causes = causes(failure);
        if (anyIs(causes, CertificateExpiredException.class)) return "the certificate of " + name + " has expired";
        if (anyIs(causes, CertificateNotYetValidException.class))
            return "the certificate of " + name + " is not valid yet";
        if (anyIs(causes, CertPathBuilderException.class) || anyIs(causes, CertPathValidatorException.class))
            return "the certificate of " + name + " is not signed by anybody whom we trust";
        // The JDK checks the name last, and has no exception of its own for it.
        if (anyIs(causes, CertificateException.class)) return "the certificate is not one for " + name;
        if (anyIs(causes, SocketTimeoutException.class))
            return name + " did not complete the TLS handshake within 3 seconds";
        if (anyIs(causes, EOFException.class)) return name + " closed the connection during the TLS handshake";
        String said = String.valueOf(failure.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("unrecognized ssl message")) return name + " does not speak TLS on this port";
        if (lower.contains("protocol_version") || lower.contains("protocol version"))
            return name + " offers neither TLS 1.3 nor TLS 1.2";
        return "the TLS handshake with " + name + " failed: " + Text.shown(said);
    }

    private static boolean anyIs(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        for (Throwable t = failure; t != null && causes.size() < LONGEST_CHAIN; t = t.getCause()) causes.add(t);
        return causes;
    }
}
