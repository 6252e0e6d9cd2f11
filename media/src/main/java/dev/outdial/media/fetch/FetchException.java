package dev.outdial.media.fetch;

import java.io.IOException;

/**
 * Something that was not brought. The message is one sentence that names the host and the reason, and never a query, a password or an
 * address that a name led to: it is fit to be shown to whoever gave the address.
 */
public final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean isForbidden;

    FetchException(String sentence) {
        super(sentence);
        isForbidden = false;
    }

    FetchException(String sentence, Throwable cause) {
        super(sentence, cause);
        isForbidden = false;
    }

    private FetchException(String sentence, boolean isForbidden) {
        super(sentence);
        this.isForbidden = isForbidden;
    }

    /** Whether the {@link FetchPolicy} says no to that port or address, whoever would have answered there. */
    public boolean isForbidden() {
        return isForbidden;
    }

    static FetchException from(String host, String reason) {
        return new FetchException("cannot fetch from " + host + ": " + reason);
    }

    static FetchException forbidden(String host, String reason) {
        return new FetchException("cannot fetch from " + host + ": " + reason, true);
    }

    static FetchException from(String host, String reason, Throwable cause) {
        return new FetchException("cannot fetch from " + host + ": " + reason, cause);
    }
}
