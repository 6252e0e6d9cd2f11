package dev.outdial.server.calls;

import java.util.Locale;

/** What an access key is good for; the later include the earlier. */
public enum Scope {
    /** Looks at everything but keys, accounts and webhooks. */
    READ,
    /** Places and controls calls too. */
    CALL,
    /** Changes trunks, numbers, keys, accounts and webhooks too. */
    ADMIN;

    /** The word in JSON and in the store. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this is enough for what needs the other. */
    public boolean covers(Scope needed) {
        return compareTo(needed) >= 0;
    }
}
