package dev.outdial.media.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What the network says went wrong, as a sentence of ours: others' may hold the whole address. */
final class Trouble {
    private static final int LONGEST_QUOTE = 120;

    private Trouble() {}

    static FetchException explained(IOException trouble, Destination at) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof FetchException already) return already;
            if (cause instanceof ForbiddenAddressException forbidden)
                return FetchException.forbidden(at.host(), String.valueOf(forbidden.getMessage()));
            Optional<String> reason = reason(cause, at);
            if (reason.isPresent()) return FetchException.from(at.host(), reason.get(), trouble);
        }
        return FetchException.from(at.host(), "its answer is no whole HTTP response", trouble);
    }

    private static Optional<String> reason(Throwable cause, Destination at) {
        return switch (cause) {
            case SSLException tls -> Optional.of("TLS fails: " + quoted(String.valueOf(tls.getMessage())));
            case ConnectException refused -> unreachable(at);
            case NoRouteToHostException away -> unreachable(at);
            case SocketTimeoutException slow -> unreachable(at);
            case InterruptedIOException interrupted -> Optional.of("it was interrupted");
            case SocketException broken -> Optional.of("the connection broke");
            default -> Optional.empty();
        };
    }

    private static Optional<String> unreachable(Destination at) {
        return Optional.of("nobody answers at port " + at.url().port());
    }

    /** Parts of it are the server's. */
    private static String quoted(String words) {
        String plain = words.replaceAll("[^ -~]+", " ").strip();
        return plain.length() <= LONGEST_QUOTE ? plain : plain.substring(0, LONGEST_QUOTE) + "...";
    }
}
