package dev.outdial.server.dashboard;

import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.Scope;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Who looks at a page.
 *
 * @param key the access key that was signed in with
 * @param csrf what each form of that session sends back
 * @param zone whose times are shown
 * @param now when it was asked for
 */
record Viewer(AccessKeyRecord key, String csrf, ZoneId zone, Instant now) {
    String account() {
        return key.account();
    }

    boolean may(Scope scope) {
        return key.scope().covers(scope);
    }

    /** Without what only its browser should know. */
    @Override
    public String toString() {
        return "Viewer[" + key.prefix() + "]";
    }
}
